import { CLAIM_CODE, codeText, isWhole } from '@hems/shared/view/code';

type LabelReader = { readonly detect: (image: ImageBitmap) => Promise<readonly { readonly rawValue: string }[]> };

declare global {
  interface Window {
    /** in Chrome and its kin on Android and macOS; Safari and Firefox have none */
    readonly BarcodeDetector?: new (options: { readonly formats: readonly string[] }) => LabelReader;
  }
}

export const canReadLabels = (): boolean => window.BarcodeDetector !== undefined;

/** The claim code in the QR code of a photographed label; undefined where there is none. */
export const claimCodeIn = async (photo: Blob): Promise<string | undefined> => {
  const Reader = window.BarcodeDetector;
  if (!Reader) return undefined;
  const image = await createImageBitmap(photo);
  try {
    const found = await new Reader({ formats: ['qr_code'] }).detect(image);
    return found
      .map(({ rawValue }) => codeText(rawValue, CLAIM_CODE))
      .find((code) => isWhole(code, CLAIM_CODE) && code.startsWith('HEMS-'));
  } finally {
    image.close();
  }
};

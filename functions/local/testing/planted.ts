/** What the residents of the planted run are called, and where they live: nothing else in the world is called so. */
export const PLANTED = {
  ownerName: '황보플랜티드 🌵',
  ownerEmail: 'hwangbo.planted@resident-mail.example',
  renamedTo: '황보새이름 Plantedsson',
  guestName: 'نَبْتة المزروعة',
  guestEmail: 'guest.of.planted@resident-mail.example',
  invitedEmail: 'invited.planted@resident-mail.example',
  household: '우리집플랜티드 🏡',
  address: '서울특별시 마포구 플랜티드로7길 3141',
  unit: '플랜티드동 5926호',
  customerNumber: '7391846205',
  device: '안방플랜티드 계량기',
  pushEndpoint: 'https://push.resident-mail.example/planted-endpoint-5358979',
} as const;
type Named = keyof typeof PLANTED;

/** A text in base64, whatever stands before it: the characters that only its own bytes decide. */
const inBase64 = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });

const inAscii = (text: string): string =>
  text.replaceAll(/[^\u0020-\u007e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The forms in which a text may lie about. */
const formsOf = (text: string): Buffer[] => {
  const bytes = Buffer.from(text);
  const texts = [
    text,
    text.toLowerCase(),
    text.normalize('NFD'),
    encodeURIComponent(text),
    inAscii(text),
    bytes.toString('hex'),
    ...inBase64(bytes),
  ];
  return [...texts.map((form) => Buffer.from(form)), Buffer.from(text, 'utf16le')];
};

const FORMS = Object.entries(PLANTED).flatMap(([name, text]) => {
  const words = name.endsWith('Email') ? [text, text.slice(0, text.indexOf('@'))] : [text];
  return words.flatMap(formsOf).map((form) => [name, form] as const);
});

/** Which of the planted texts stand in the bytes, in any form. */
export const plantedIn = (bytes: Buffer | string): Named[] => {
  const all = Buffer.from(bytes);
  const found = FORMS.filter(([, form]) => all.includes(form)).map(([name]) => name);
  return [...new Set(found)] as Named[];
};

/** The name by which a member is known to the others. It follows from the membership's random id and tells nothing of the household. */
export type Pseudonym = { readonly ko: string; readonly en: string };

const QUALITIES: readonly (readonly [ko: string, en: string])[] = [
  ['느긋한', 'Easygoing'],
  ['다정한', 'Kind'],
  ['달콤한', 'Sweet'],
  ['든든한', 'Steady'],
  ['맑은', 'Clear'],
  ['명랑한', 'Cheerful'],
  ['밝은', 'Bright'],
  ['부지런한', 'Diligent'],
  ['산뜻한', 'Fresh'],
  ['상냥한', 'Gentle'],
  ['소박한', 'Simple'],
  ['솔직한', 'Frank'],
  ['슬기로운', 'Wise'],
  ['신나는', 'Merry'],
  ['씩씩한', 'Brave'],
  ['알뜰한', 'Thrifty'],
  ['영리한', 'Clever'],
  ['용감한', 'Bold'],
  ['은은한', 'Mellow'],
  ['잔잔한', 'Calm'],
  ['재빠른', 'Quick'],
  ['정다운', 'Friendly'],
  ['조용한', 'Quiet'],
  ['차분한', 'Composed'],
  ['착한', 'Good'],
  ['초록빛', 'Green'],
  ['튼튼한', 'Sturdy'],
  ['포근한', 'Cosy'],
  ['푸른', 'Blue'],
  ['한가한', 'Idle'],
  ['활기찬', 'Lively'],
  ['환한', 'Radiant'],
];
const CREATURES: readonly (readonly [ko: string, en: string])[] = [
  ['갈매기', 'Gull'],
  ['강아지', 'Puppy'],
  ['개구리', 'Frog'],
  ['거북이', 'Turtle'],
  ['고래', 'Whale'],
  ['고슴도치', 'Hedgehog'],
  ['고양이', 'Cat'],
  ['구름', 'Cloud'],
  ['기러기', 'Goose'],
  ['까치', 'Magpie'],
  ['나비', 'Butterfly'],
  ['너구리', 'Raccoon'],
  ['노루', 'Roe'],
  ['다람쥐', 'Squirrel'],
  ['달팽이', 'Snail'],
  ['담비', 'Marten'],
  ['도토리', 'Acorn'],
  ['돌고래', 'Dolphin'],
  ['두루미', 'Crane'],
  ['무지개', 'Rainbow'],
  ['반딧불이', 'Firefly'],
  ['부엉이', 'Owl'],
  ['사슴', 'Deer'],
  ['소나무', 'Pine'],
  ['수달', 'Otter'],
  ['여우', 'Fox'],
  ['은행나무', 'Ginkgo'],
  ['제비', 'Swallow'],
  ['참새', 'Sparrow'],
  ['토끼', 'Rabbit'],
  ['햇살', 'Sunbeam'],
  ['호랑이', 'Tiger'],
];

/** FNV-1a with the final mix of MurmurHash3, 32 bits. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** About a million names: two of a board of 2,000 share one about twice. */
export const pseudonymOf = (memberId: string): Pseudonym => {
  const pick = <T>(list: readonly T[], salt: string): T | undefined =>
    list[hashOf(`${salt}|${memberId}`) % list.length];
  const [qualityKo, qualityEn] = pick(QUALITIES, 'quality') ?? ['', ''];
  const [creatureKo, creatureEn] = pick(CREATURES, 'creature') ?? ['', ''];
  const number = 1 + (hashOf(`number|${memberId}`) % 999);
  return { ko: `${qualityKo} ${creatureKo} ${number}`, en: `${qualityEn} ${creatureEn} ${number}` };
};

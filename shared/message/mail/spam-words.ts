/**
 * Words for which filters raise the score of a mail, as senders' guides and filters name them; as of November 2026. What
 * the advertising law forbids stands in `words-data`, and is not repeated here.
 */
const spam: readonly RegExp[] = [
  /(?:代|代理)?开(?:具)?发票/g,
  /(?:快速|无抵押|免息|秒到)(?:贷款|放款)/g,
  /日赚\s*\d+|月入过万|躺赚|轻松赚钱/g,
  /点击领取大奖|恭喜您?中奖|免费领取手机/g,
  /包过|办证|刷单|返利群/g,
  /\b100% free\b/gi,
  /\bact now\b/gi,
  /\bearn (?:extra )?(?:cash|money) (?:fast|from home)\b/gi,
  /\bcongratulations,? you(?:'ve| have) won\b/gi,
  /\bno (?:credit check|strings attached|obligation)\b/gi,
  /\bclick (?:here|below) now\b/gi,
  /\b(?:risk[- ]free|double your (?:money|income)|make money fast|work from home)\b/gi,
  /\$\$+|!{3,}|！{3,}/g,
]

/** The words of a text at which filters look askance, each once. */
export function spamWords(text: string): string[] {
  return [...new Set(spam.flatMap((word) => [...text.matchAll(word)].map(([found]) => found)))]
}

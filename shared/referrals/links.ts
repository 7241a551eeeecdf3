/** A programme as texts name it. */
export interface NamedReferral {
  readonly key: string
  /** By which the links of a message wait for their codes; a browser, which makes no messages, does not know it. */
  readonly seq?: number | undefined
}

/** What texts may say of a programme: `referral.KEY.link`. */
export const referralFields = ['link', 'poster', 'qr'] as const

const ends = { link: '', poster: '/poster.png', qr: '/qr.svg' } as const satisfies Record<
  (typeof referralFields)[number],
  string
>

/** Stands for the code of a customer's link until the message is written down: as long as that, and never one. */
const markOf = (seq: number): string => `~~~~~~~~r${seq.toString(36).padStart(2, '0')}`

const marks = /~{8}r([0-9a-z]{2})/g

/** Whether a text waits for codes of links. */
export const hasReferralMark = (text: string): boolean => text.includes('~~~~~~~~r')

/** A text with its reader's own codes; by the number of the programme. */
export const withCodes = (text: string, codeOf: (seq: number) => string): string =>
  hasReferralMark(text)
    ? text.replaceAll(marks, (_mark, seq: string) => codeOf(Number.parseInt(seq, 36)))
    : text

/** A text with codes as links will have them: there are none before there is a message. */
export const withExampleCodes = (text: string): string => withCodes(text, () => 'Example0000')

/** What texts say of the brand's programmes; nothing where customers cannot reach this server. */
export function referralVariables(
  base: string | undefined,
  programmes: readonly NamedReferral[],
): Record<string, Record<string, string>> | undefined {
  if (base === undefined) return undefined
  return Object.fromEntries(
    programmes.map(({ key, seq = 0 }) => {
      const page = `${base}/r/${markOf(seq)}`
      return [key, Object.fromEntries(referralFields.map((field) => [field, page + ends[field]]))]
    }),
  )
}

/** Whether a name is of a programme, and which; null where it is none of ours. */
export function referralNamed(name: string): { readonly key: string; readonly field: string } | null {
  const [root, key = '', field = ''] = name.split('.')
  return root === 'referral' ? { key, field } : null
}

/** The names that texts may use. */
export const referralPaths = (programmes: readonly NamedReferral[]): readonly string[] =>
  programmes.flatMap(({ key }) => referralFields.map((field) => `referral.${key}.${field}`))

/** What somebody who fetches the picture of an e-mail is, and whether a person has opened it. */
interface Opener {
  readonly name: string
  readonly agent: RegExp
  readonly person: boolean
}

/**
 * Proxies of mail programs. Apple's fetches every picture of every mail that comes in, under a name of a browser and
 * nothing else; it says that the mail has arrived, and of reading nothing. Gmail's and Yahoo's fetch when the mail is opened.
 * Sources: Apple's page on Mail Privacy Protection; Google's on the image proxy of Gmail.
 */
const openers: readonly Opener[] = [
  { name: 'apple-prefetch', agent: /^Mozilla\/5\.0$/, person: false },
  { name: 'gmail-proxy', agent: /GoogleImageProxy/i, person: true },
  { name: 'yahoo-proxy', agent: /YahooMailProxy/i, person: true },
]

/** Who fetches the picture of an e-mail: by which proxy, if any, and whether a person has opened it. */
export function openerOf(agent: string): { readonly by: string | null; readonly person: boolean } {
  const found = openers.find((one) => one.agent.test(agent.trim()))
  return { by: found?.name ?? null, person: found?.person ?? true }
}

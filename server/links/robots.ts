/** Who opens a link without any person: by whom, and how it names itself. */
interface Robot {
  readonly name: string
  readonly agent: RegExp
}

/**
 * Programs that look at a link before anybody does, or instead. A name is a claim, and whoever lies is counted; a table
 * can be added to.
 * Sources: the pages on their crawlers of Meta, Slack, X, LinkedIn, Telegram, Discord, Apple, Google, Bing and Baidu.
 */
const robots: readonly Robot[] = [
  // The client itself fetches what it makes a card of; a person opens it in a browser that says Mozilla first.
  { name: 'WeChat', agent: /^(?:MicroMessenger|WeChat)/i },
  { name: 'WeChat share', agent: /WeChatShareExtension|MicroMessenger Client/i },
  {
    name: 'Tencent safety',
    agent: /TencentTraveler.*Spider|Tencent\s?Security|qqurlsafe|Qzone.*Spider|URLSafe/i,
  },
  { name: 'WhatsApp', agent: /^WhatsApp\// },
  { name: 'Facebook', agent: /facebookexternalhit|facebookcatalog|meta-external/i },
  { name: 'Slack', agent: /Slackbot|Slack-ImgProxy/i },
  { name: 'X', agent: /Twitterbot/i },
  { name: 'LinkedIn', agent: /LinkedInBot/i },
  { name: 'Telegram', agent: /TelegramBot/i },
  { name: 'Discord', agent: /Discordbot/i },
  { name: 'Skype and Teams', agent: /SkypeUriPreview|MicrosoftPreview/i },
  { name: 'DingTalk', agent: /DingTalkBot/i },
  { name: 'Feishu', agent: /Feishu(?:Bot|LinkPreview)|LarkUrl|Lark-?Bot/i },
  { name: 'Apple messages', agent: /Applebot/i },
  { name: 'mail filters', agent: /Barracuda|ProofPoint|Mimecast|Symantec|SafeLinks|urldefense|FireEye/i },
  {
    name: 'search engines',
    agent: /Googlebot|bingbot|Baiduspider|YandexBot|Sogou|360Spider|Bytespider|PetalBot/i,
  },
  {
    name: 'programs',
    agent: /^(?:curl|Wget|python-|Go-http-client|okhttp|Java|node|axios|libwww|HeadlessChrome)/i,
  },
  { name: 'whoever says so', agent: /\b(?:bot|crawler|spider|preview|scanner|monitor(?:ing)?)\b|bot\//i },
]

export interface Asking {
  readonly method: string
  readonly agent: string
  /** What browsers say of a page that nobody has asked for yet: Sec-Purpose, Purpose, X-Purpose, X-Moz. */
  readonly purpose: string
}

/** Whether nobody has pressed: the name of who looks, or null. */
export function robotOf({ method, agent, purpose }: Asking): string | null {
  if (method === 'HEAD') return 'HEAD'
  if (/prefetch|prerender|preview/i.test(purpose)) return 'prefetch'
  if (agent.trim() === '') return 'nameless'
  return robots.find((one) => one.agent.test(agent))?.name ?? null
}

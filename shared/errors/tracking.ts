import type { ErrorEntry } from './entry.ts'

/** What web pages tell. */
export const tracking = {
  'tracking-refused': {
    status: 403,
    message: {
      'zh-CN': '这个埋点密钥不能在这个网站上使用',
      en: 'This tracking key may not be used by this site',
    },
    mend: {
      'zh-CN': '在「设置 → 网页埋点」里核对密钥，并加上这个网站的地址',
      en: 'Check the key under Settings → Web tracking, and add the address of this site',
    },
  },
  'signature-wrong': {
    status: 403,
    message: {
      'zh-CN': '客户编号的签名不对，不能确认是本人',
      en: 'The signature of the customer’s id is wrong, so that nobody can say who it is',
    },
    mend: {
      'zh-CN': '在自己的服务器上用「设置 → 网页埋点」里的密钥对客户编号做 HMAC-SHA256，写成十六进制',
      en: 'Sign the id on your server: HMAC-SHA256 in hex, with the secret under Settings → Web tracking',
    },
  },
  'signature-old': {
    status: 403,
    message: {
      'zh-CN': '登录签名不是最近 {minutes} 分钟内签的，访客没有被认出；其余内容已收下',
      en: 'This signature was not made within the last {minutes} minutes, so that nobody was recognised; all else was taken',
    },
    mend: {
      'zh-CN': '每次输出页面时重新签名，t 写当时的秒数；并核对服务器的时钟',
      en: 'Sign anew whenever the page is made, with t as the second of then, and look at the clock of your server',
    },
  },
  'tracking-keys-too-many': {
    status: 409,
    message: { 'zh-CN': '已经有 {limit} 个埋点密钥', en: 'There are {limit} tracking keys already' },
    mend: { 'zh-CN': '先停用不用的', en: 'Revoke those that nobody uses first' },
  },
} as const satisfies Record<string, ErrorEntry>

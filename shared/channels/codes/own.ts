import type { CodeTable, CodeWords } from './code.ts'

const unreachable: CodeWords = {
  means: { 'zh-CN': '连不上服务商', en: 'The provider cannot be reached' },
  mend: {
    'zh-CN': '检查地址、端口和防火墙；对方恢复后会自动继续',
    en: 'Check address, port and firewall; it goes on by itself once the provider is back',
  },
}
const lost: CodeWords = {
  means: { 'zh-CN': '发出去了，没等到回答', en: 'It was handed over, and no answer came' },
  mend: {
    'zh-CN': '到服务商后台核对是否已发；经常出现时检查网络或对方的响应时间',
    en: 'See at the provider whether it went out; where it happens often, look at the network or how long they take',
  },
}
const name: CodeWords = {
  means: { 'zh-CN': '服务商的域名查不到', en: 'The provider’s name leads nowhere' },
  mend: {
    'zh-CN': '检查设置里的地址和本机的 DNS',
    en: 'Check the address in the settings and this machine’s DNS',
  },
}
const certificate: CodeWords = {
  means: { 'zh-CN': '对方的证书不可信', en: 'Their certificate is not to be trusted' },
  mend: {
    'zh-CN': '核对域名和端口；自己的服务器请换有效证书',
    en: 'Compare name and port; give a server of your own a valid certificate',
  },
}

/** Our own codes, and those of connections, whatever the channel. */
export const ownCodes = {
  'invalid-address': {
    means: { 'zh-CN': '号码、邮箱或网址的写法不对', en: 'The number, mailbox or address is none' },
    mend: { 'zh-CN': '改正客户资料里的地址', en: 'Correct the customer’s address' },
  },
  'bad-answer': {
    means: { 'zh-CN': '对方的回答看不懂', en: 'The answer is not one of theirs' },
    mend: {
      'zh-CN': '核对设置里的地址，中间是否有代理或登录页',
      en: 'Check the address in the settings, and whether a proxy or a login page answers in between',
    },
  },
  'no-answer': lost,
  timeout: lost,
  etimedout: unreachable,
  econnreset: lost,
  epipe: lost,
  und_err_socket: lost,
  econnrefused: unreachable,
  ehostunreach: unreachable,
  enetunreach: unreachable,
  econnection: unreachable,
  esocket: unreachable,
  enotfound: name,
  eai_again: name,
  edns: name,
  cert_has_expired: certificate,
  depth_zero_self_signed_cert: certificate,
  self_signed_cert_in_chain: certificate,
  err_tls_cert_altname_invalid: certificate,
  unable_to_verify_leaf_signature: certificate,
  etls: certificate,
  eproto: certificate,
  'blocked-address': {
    means: {
      'zh-CN': '地址指向内网，被拦下',
      en: 'The address leads into your own network, and is not allowed',
    },
    mend: {
      'zh-CN': '确实是自己的服务器时，在渠道设置里允许内网地址',
      en: 'If it is your own server, allow private addresses in the channel’s settings',
    },
  },
  interrupted: {
    means: { 'zh-CN': '发送途中服务器停了', en: 'The server stopped while it was being sent' },
    mend: { 'zh-CN': '到服务商后台核对是否已发', en: 'See at the provider whether it went out' },
  },
  'not-asked': {
    means: { 'zh-CN': '发送前的检查做不了', en: 'Whether it may leave could not be asked' },
    mend: {
      'zh-CN': '打开例子看原因，修正客户资料后重新触发',
      en: 'Open an example for the reason, and mend the data',
    },
  },
  invalid: {
    means: { 'zh-CN': '服务商说是空号或无效地址', en: 'The provider says that there is no such address' },
    mend: {
      'zh-CN': '地址已停用，请更新客户资料',
      en: 'The address takes no more; ask the customer for another',
    },
  },
  hard_bounce: {
    means: { 'zh-CN': '永久退回', en: 'It bounced for good' },
    mend: {
      'zh-CN': '地址已停用，请更新客户资料',
      en: 'The address takes no more; ask the customer for another',
    },
  },
  soft_bounce: {
    means: { 'zh-CN': '暂时退回', en: 'It bounced for now' },
    mend: { 'zh-CN': '不用处理；反复出现时更换地址', en: 'Nothing; where it repeats, use another address' },
  },
  blocked: {
    means: { 'zh-CN': '客户拉黑或运营商拦截', en: 'The customer or the operator blocks us' },
    mend: {
      'zh-CN': '不要再发给此人；集中出现时检查文案',
      en: 'Write no more to them; where many do, look at the text',
    },
  },
  failed: {
    means: { 'zh-CN': '服务商回执说没送到，没给原因', en: 'The provider reports a failure without a reason' },
    mend: { 'zh-CN': '到服务商后台查原因', en: 'Look at the provider for the reason' },
  },
  other: {
    means: { 'zh-CN': '对方没给代码', en: 'The answer names no code' },
    mend: { 'zh-CN': '打开例子看原话', en: 'Open an example for their own words' },
  },
} as const satisfies CodeTable

import type { ErrorEntry } from './entry.ts'

/** Who may come in. */
export const identity = {
  'login-required': {
    status: 401,
    message: { 'zh-CN': '请先登录', en: 'Log in first' },
    mend: { 'zh-CN': '输入密码登录后再试', en: 'Log in with the password, then try again' },
  },
  'wrong-password': {
    status: 401,
    message: { 'zh-CN': '密码不对', en: 'The password is wrong' },
    mend: {
      'zh-CN': '再输一次；忘了密码可以在服务器的 MAGPIE_PASSWORD 里改',
      en: 'Enter it again; if it is lost, change MAGPIE_PASSWORD on the server',
    },
  },
  'metrics-refused': {
    status: 401,
    message: { 'zh-CN': '读取指标需要令牌', en: 'The figures are read with a token' },
    mend: {
      'zh-CN': '在服务器上设置 METRICS_TOKEN，请求时带上 Authorization: Bearer 和这个令牌',
      en: 'Set METRICS_TOKEN on the server, and send it as Authorization: Bearer',
    },
  },
  'password-needed': {
    status: 500,
    message: {
      'zh-CN': 'HOST={host} 会让别的机器也能打开鹊桥，却没有设密码',
      en: 'HOST={host} lets other machines open Magpie, but there is no password',
    },
    mend: {
      'zh-CN': '设置至少 8 个字符的 MAGPIE_PASSWORD，或去掉 HOST',
      en: 'Set MAGPIE_PASSWORD to at least 8 characters, or leave HOST out',
    },
  },
} as const satisfies Record<string, ErrorEntry>

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
  'key-unknown': {
    status: 401,
    message: {
      'zh-CN': '这个 API 密钥不对，或已经吊销',
      en: 'There is no such API key, or it was revoked',
    },
    mend: {
      'zh-CN': '检查密钥和品牌，或在「设置 → API 密钥」里新建一个',
      en: 'Check the key and the brand, or make a new one under Settings → API keys',
    },
  },
  'key-forbids': {
    status: 403,
    message: { 'zh-CN': '这个 API 密钥不能用来 {what}', en: 'This API key may not be used for {what}' },
    mend: {
      'zh-CN': '只写的密钥只能写入数据，只读的只能读取；设置类的操作请登录后进行',
      en: 'A key that writes may only send data in, one that reads only read it; log in for all else',
    },
  },
  'contact-part': {
    status: 403,
    message: {
      'zh-CN': '看到的联系方式是打码的，不能按“{field}”的一部分查，否则能一位一位猜出来',
      en: 'Contacts are shown masked here, so that no part of “{field}” can be asked for: it could be guessed digit by digit',
    },
    mend: {
      'zh-CN': '按完整的值查；手机号可按前三位查，邮箱可按 @ 及其后的部分查',
      en: 'Ask for the whole value, for the first three digits of a phone, or for a mailbox from its @ on',
    },
  },
  'key-name-taken': {
    status: 409,
    message: {
      'zh-CN': '已经有名为“{name}”的 API 密钥，包括吊销了的',
      en: 'There is or was an API key named “{name}”',
    },
    mend: {
      'zh-CN': '换一个名字，日志里才分得清',
      en: 'Choose another name, so that the log tells them apart',
    },
  },
  'keys-too-many': {
    status: 409,
    message: { 'zh-CN': '已经有 {limit} 个 API 密钥', en: 'There are {limit} API keys already' },
    mend: { 'zh-CN': '先吊销不用的', en: 'Revoke those that nobody uses first' },
  },
  'webhooks-too-many': {
    status: 409,
    message: { 'zh-CN': '已经有 {limit} 个 Webhook', en: 'There are {limit} webhooks already' },
    mend: { 'zh-CN': '先删除不用的', en: 'Delete those that nobody uses first' },
  },
  'webhook-off': {
    status: 409,
    message: { 'zh-CN': 'Webhook“{name}”已停用', en: 'The webhook “{name}” is off' },
    mend: { 'zh-CN': '先启用它，再发送', en: 'Switch it on, then send' },
  },
  'webhook-sandbox': {
    status: 409,
    message: {
      'zh-CN': '沙盒里的事不会通知 Webhook“{name}”',
      en: 'The webhook “{name}” is told of nothing that happens in a sandbox',
    },
    mend: {
      'zh-CN': '要在沙盒里试，请在它的设置里勾选“沙盒里也通知”',
      en: 'To try it here, let it be told of the sandbox in its settings',
    },
  },
  'webhook-told': {
    status: 409,
    message: {
      'zh-CN': '这条通知说的是已抹除的客户，送达后内容已清空',
      en: 'This notice told of an erased customer: once it was told, nothing was kept of it',
    },
    mend: { 'zh-CN': '不用重发', en: 'It need not be sent again' },
  },
  'webhook-replay-too-many': {
    status: 422,
    message: {
      'zh-CN': '从那时起的通知超过 {limit} 条',
      en: 'More than {limit} notices were made since then',
    },
    mend: {
      'zh-CN': '选一个更晚的时间，分几次重发',
      en: 'Choose a later time, and send them again in parts',
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

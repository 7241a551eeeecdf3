/** Limits of who comes in. */
export const loginLimits = {
  logins: {
    value: 10,
    unit: 'perMinute',
    what: { 'zh-CN': '同一地址输错密码', en: 'Wrong passwords from one address' },
  },
  loginsInHand: {
    value: 2,
    unit: 'entries',
    what: { 'zh-CN': '同时核对的密码', en: 'Passwords that are looked at at once' },
  },
  loginsWaiting: {
    value: 64,
    unit: 'entries',
    what: { 'zh-CN': '排队等待核对的密码', en: 'Passwords that wait to be looked at' },
  },
  callersRemembered: {
    value: 100_000,
    unit: 'entries',
    what: { 'zh-CN': '记住的输错密码的地址', en: 'Addresses of wrong passwords that are remembered' },
  },
  sessionAgent: {
    value: 200,
    unit: 'characters',
    what: { 'zh-CN': '登录列表里的浏览器名称', en: 'The name of a browser in the list of logins' },
  },
} as const

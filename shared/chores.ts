import type { LocalText } from './text.ts'

/** What is done for the data each night, in this order; each is a name in the API and in the settings. */
export const chores = {
  logins: { 'zh-CN': '清掉过期的登录', en: 'Forget logins that have ended' },
  uploads: { 'zh-CN': '清掉没读完的上传文件', en: 'Remove what is left of uploads' },
  rejected: { 'zh-CN': '清掉过期的“未导入明细”文件', en: 'Remove old lists of rows that did not enter' },
  scores: { 'zh-CN': '重新拟合模型，给客户评分', en: 'Fit the models and score the customers' },
  audiences: {
    'zh-CN': '记下人群的人数和成员变化',
    en: 'Keep the sizes of audiences, and who joined and left',
  },
  reports: { 'zh-CN': '清掉对不上任何消息的回执', en: 'Forget reports that fit no message' },
  changes: {
    'zh-CN': '清掉分析副本早已抄过的改动',
    en: 'Forget changes that the analytical copy has long read',
  },
  webhooks: { 'zh-CN': '清掉过期的 Webhook 发送记录', en: 'Cut the log of webhooks' },
  visits: {
    'zh-CN': '清掉一直没认出的访客的浏览记录',
    en: 'Forget visits of whom nobody knows who they were',
  },
  statistics: { 'zh-CN': '更新查询用的统计', en: 'Renew the statistics by which queries are planned' },
  log: { 'zh-CN': '把日志并进数据文件', en: 'Move the log into the data' },
  soundness: { 'zh-CN': '检查数据有没有损坏', en: 'Look through the data for damage' },
} as const satisfies Record<string, LocalText>

export type Chore = keyof typeof chores
export const choreNames = Object.keys(chores) as [Chore, ...Chore[]]

/** What is done to a file of data itself, wherever it belongs. */
export const fileChores = ['statistics', 'log', 'soundness'] as const satisfies readonly Chore[]
/** What is done beside a server, with the file alone. */
export type FileChore =
  | (typeof fileChores)[number]
  | 'reports'
  | 'changes'
  | 'webhooks'
  | 'visits'
  | 'scores'
  | 'audiences'
const ofBrands: readonly Chore[] = ['reports', 'changes', 'webhooks', 'visits', 'scores', 'audiences']
export const isFileChore = (chore: Chore): chore is FileChore =>
  ofBrands.includes(chore) || fileChores.some((one) => one === chore)

/** Beside these, what is done for the installation, and for each brand. */
export const choresOf = {
  installation: ['logins', 'uploads', 'rejected', ...fileChores],
  brand: ['reports', 'changes', 'webhooks', 'visits', 'scores', 'audiences', ...fileChores],
} as const satisfies Record<string, readonly Chore[]>

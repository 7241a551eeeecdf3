import type { LocalText } from '../text.ts'

/** What an entry of the log can tell beside its action, and how it says it. */
export const detailNames = {
  audience: { 'zh-CN': '人群', en: 'audience' },
  event: { 'zh-CN': '行为或订单', en: 'event or order' },
  revision: { 'zh-CN': '草稿版本', en: 'revision' },
  nodes: { 'zh-CN': '节点数', en: 'nodes' },
  version: { 'zh-CN': '发布版本', en: 'version' },
  onEarlierVersions: { 'zh-CN': '仍在旧版本的人数', en: 'still on earlier versions' },
  moving: { 'zh-CN': '转入新版本', en: 'moving to it' },
  leaving: { 'zh-CN': '离开旅程', en: 'leaving' },
  entered: { 'zh-CN': '进入', en: 'entered' },
  refused: { 'zh-CN': '未放入', en: 'refused' },
  letIn: { 'zh-CN': '放入暂停期间符合条件的客户', en: 'let in who qualified meanwhile' },
  retried: { 'zh-CN': '重试人数', en: 'tried again' },
  variable: { 'zh-CN': '变量', en: 'variable' },
  before: { 'zh-CN': '原值', en: 'before' },
  after: { 'zh-CN': '新值', en: 'now' },
  node: { 'zh-CN': '节点', en: 'node' },
  toNode: { 'zh-CN': '移到节点', en: 'to the node' },
  people: { 'zh-CN': '人数', en: 'people' },
  channel: { 'zh-CN': '渠道', en: 'channel' },
  fields: { 'zh-CN': '改动的项', en: 'changed' },
  keySet: { 'zh-CN': '已设密钥', en: 'key set' },
  archive: { 'zh-CN': '存放位置', en: 'put aside as' },
  file: { 'zh-CN': '文件', en: 'file' },
  kind: { 'zh-CN': '类型', en: 'kind' },
  what: { 'zh-CN': '内容', en: 'what' },
  imported: { 'zh-CN': '新增', en: 'imported' },
  updated: { 'zh-CN': '更新', en: 'updated' },
  rejected: { 'zh-CN': '未导入', en: 'rejected' },
  state: { 'zh-CN': '结果', en: 'result' },
  to: { 'zh-CN': '拨到', en: 'to' },
  paused: { 'zh-CN': '暂停的旅程', en: 'journeys paused' },
  from: { 'zh-CN': '来自', en: 'from' },
  points: { 'zh-CN': '积分', en: 'points' },
  lines: { 'zh-CN': '笔数', en: 'lines' },
  count: { 'zh-CN': '条数', en: 'how many' },
  added: { 'zh-CN': '其中新增', en: 'new among them' },
  limit: { 'zh-CN': '上限', en: 'limit' },
  reason: { 'zh-CN': '原因', en: 'reason' },
  answer: { 'zh-CN': '服务商的回答', en: 'its answer' },
  type: { 'zh-CN': '数据类型', en: 'type' },
  decision: { 'zh-CN': '决定', en: 'decision' },
  usedBy: { 'zh-CN': '仍在使用', en: 'still used by' },
  contacts: { 'zh-CN': '号码与邮箱', en: 'phones and mailboxes' },
  chores: { 'zh-CN': '项', en: 'chores' },
  undone: { 'zh-CN': '没做成', en: 'not done' },
} as const satisfies Record<string, LocalText>
export type DetailName = keyof typeof detailNames

/** Details that are moments (epoch ms), to be shown as such. */
export const moments: ReadonlySet<string> = new Set<DetailName>(['to'])

/** What changed, small: no secret, and no contact in readable form. */
export type AuditDetail = Readonly<Partial<Record<DetailName, string | number | boolean | null>>>

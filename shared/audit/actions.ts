import type { LocalText } from '../text.ts'

/** What a change is made to. */
export const objectKinds = {
  journey: { 'zh-CN': '旅程', en: 'Journey' },
  audience: { 'zh-CN': '人群', en: 'Audience' },
  customer: { 'zh-CN': '客户', en: 'Customer' },
  attribute: { 'zh-CN': '字段', en: 'Field' },
  address: { 'zh-CN': '号码与邮箱', en: 'Address' },
  erasure: { 'zh-CN': '抹除', en: 'Erasure' },
  import: { 'zh-CN': '导入', en: 'Import' },
  message: { 'zh-CN': '消息', en: 'Message' },
  channel: { 'zh-CN': '渠道', en: 'Channel' },
  model: { 'zh-CN': '模型', en: 'Model' },
  brand: { 'zh-CN': '品牌', en: 'Brand' },
  task: { 'zh-CN': '任务', en: 'Task' },
  staff: { 'zh-CN': '员工', en: 'Staff' },
  team: { 'zh-CN': '团队', en: 'Team' },
  rules: { 'zh-CN': '分配规则', en: 'Assignment rules' },
  row: { 'zh-CN': '读不出的数据', en: 'Unreadable data' },
  content: { 'zh-CN': '内容', en: 'Content' },
  asset: { 'zh-CN': '素材', en: 'Asset' },
  product: { 'zh-CN': '商品', en: 'Product' },
  coupon: { 'zh-CN': '优惠券', en: 'Coupon' },
  points: { 'zh-CN': '积分', en: 'Points' },
  referral: { 'zh-CN': '邀请活动', en: 'Referral programme' },
  key: { 'zh-CN': 'API 密钥', en: 'API key' },
  tracking: { 'zh-CN': '埋点密钥', en: 'Tracking key' },
  webhook: { 'zh-CN': 'Webhook', en: 'Webhook' },
  clock: { 'zh-CN': '时钟', en: 'Clock' },
  session: { 'zh-CN': '登录', en: 'Session' },
  data: { 'zh-CN': '数据', en: 'Data' },
  scores: { 'zh-CN': '客户评分', en: 'Scores' },
  work: { 'zh-CN': '进行中的工作', en: 'Work under way' },
} as const satisfies Record<string, LocalText>
export type ObjectKind = keyof typeof objectKinds

interface ActionInfo {
  readonly object: ObjectKind
  readonly words: LocalText
  /** Whether the same again by the same actor, with nothing in between, is counted on the row that is there. */
  readonly counted?: true
  /** Whether one act writes it part by part: the numbers of the parts are added up on one row. */
  readonly summed?: true
}

/** Everything that can be done to a brand, and how the log says it. */
export const actions = {
  'journey.created': { object: 'journey', words: { 'zh-CN': '新建旅程', en: 'Made a journey' } },
  'journey.saved': {
    object: 'journey',
    words: { 'zh-CN': '修改草稿', en: 'Changed the draft' },
    counted: true,
  },
  'journey.published': { object: 'journey', words: { 'zh-CN': '发布旅程', en: 'Published a journey' } },
  'journey.value_changed': {
    object: 'journey',
    words: { 'zh-CN': '修改运行中的变量', en: 'Changed a variable while it runs' },
  },
  'journey.restored': {
    object: 'journey',
    words: { 'zh-CN': '把旧版本取回为草稿', en: 'Restored a version as the draft' },
  },
  'journey.paused': { object: 'journey', words: { 'zh-CN': '暂停旅程', en: 'Paused a journey' } },
  'journey.tripped': {
    object: 'journey',
    words: { 'zh-CN': '消息过多，旅程自动暂停', en: 'Paused itself before too many messages' },
  },
  'journey.resumed': { object: 'journey', words: { 'zh-CN': '恢复旅程', en: 'Resumed a journey' } },
  'journey.stopped': { object: 'journey', words: { 'zh-CN': '停止旅程', en: 'Stopped a journey' } },
  'journey.removed': { object: 'journey', words: { 'zh-CN': '删除旅程', en: 'Deleted a journey' } },
  'journey.entered': {
    object: 'journey',
    words: { 'zh-CN': '手动放入客户', en: 'Let customers in by hand' },
    summed: true,
  },
  'journey.retried': {
    object: 'journey',
    words: { 'zh-CN': '重试卡住的客户', en: 'Tried again with who is stuck' },
    summed: true,
  },
  'journey.people_moved': {
    object: 'journey',
    words: { 'zh-CN': '把客户移到别的节点', en: 'Moved customers to another node' },
    summed: true,
  },
  'journey.people_removed': {
    object: 'journey',
    words: { 'zh-CN': '把客户移出旅程', en: 'Took customers out of a journey' },
    summed: true,
  },
  'scores.asked': {
    object: 'scores',
    words: { 'zh-CN': '重新拟合模型并评分', en: 'Had the models fitted and everybody scored' },
  },
  'group.named': {
    object: 'scores',
    words: { 'zh-CN': '给客户群组起名', en: 'Named a group of customers' },
  },
  'data.tended': { object: 'data', words: { 'zh-CN': '维护数据', en: 'Tended the data' } },
  'audience.created': { object: 'audience', words: { 'zh-CN': '新建人群', en: 'Saved an audience' } },
  'audience.changed': { object: 'audience', words: { 'zh-CN': '修改人群', en: 'Changed an audience' } },
  'audience.filled': {
    object: 'audience',
    words: { 'zh-CN': '向人群加入客户', en: 'Put customers into a list' },
    summed: true,
  },
  'audience.frozen': { object: 'audience', words: { 'zh-CN': '冻结人群', en: 'Froze an audience' } },
  'audience.thawed': { object: 'audience', words: { 'zh-CN': '解冻人群', en: 'Thawed an audience' } },
  'audience.looked': {
    object: 'audience',
    words: { 'zh-CN': '核对人群成员', en: 'Looked who is in an audience' },
  },
  'audience.removed': { object: 'audience', words: { 'zh-CN': '删除人群', en: 'Deleted an audience' } },
  'customer.unsubscribed': { object: 'customer', words: { 'zh-CN': '退订', en: 'Unsubscribed' } },
  'customer.saved': {
    object: 'customer',
    words: { 'zh-CN': '写入客户资料', en: 'Saved a customer' },
    counted: true,
  },
  'customer.merged': { object: 'customer', words: { 'zh-CN': '合并客户', en: 'Merged customers' } },
  'customer.unmerged': { object: 'customer', words: { 'zh-CN': '撤销合并', en: 'Undid a merge' } },
  'customer.identified': {
    object: 'customer',
    words: { 'zh-CN': '添加客户标识', en: 'Gave a customer an identifier' },
    counted: true,
  },
  'customer.unidentified': {
    object: 'customer',
    words: { 'zh-CN': '移除客户标识', en: 'Took an identifier off a customer' },
  },
  'customer.kept_apart': {
    object: 'customer',
    words: { 'zh-CN': '标为不是同一人', en: 'Said that customers are different people' },
  },
  'customer.edited': { object: 'customer', words: { 'zh-CN': '修改客户资料', en: 'Edited a customer' } },
  'customer.consent_given': {
    object: 'customer',
    words: { 'zh-CN': '登记同意', en: 'Noted a consent' },
  },
  'customer.consent_withdrawn': {
    object: 'customer',
    words: { 'zh-CN': '登记撤回同意', en: 'Noted a withdrawal of consent' },
  },
  'customer.exported': {
    object: 'customer',
    words: { 'zh-CN': '导出客户', en: 'Exported customers' },
  },
  'customer.revealed': {
    object: 'customer',
    words: { 'zh-CN': '查看完整号码或邮箱', en: 'Saw a whole phone or mailbox' },
  },
  'records.taken': {
    object: 'import',
    words: { 'zh-CN': '通过 API 写入数据', en: 'Took records in by the API' },
    summed: true,
  },
  'erasure.asked': {
    object: 'erasure',
    words: { 'zh-CN': '要求抹除客户', en: 'Asked for customers to be erased' },
  },
  'customer.erased': { object: 'erasure', words: { 'zh-CN': '抹除完成', en: 'Erased customers' } },
  'address.blacklisted': {
    object: 'address',
    words: { 'zh-CN': '加入黑名单', en: 'Put on the blacklist' },
    summed: true,
  },
  'address.unblacklisted': {
    object: 'address',
    words: { 'zh-CN': '移出黑名单', en: 'Took off the blacklist' },
  },
  'address.reply_decided': {
    object: 'address',
    words: { 'zh-CN': '判定疑似退订的回复', en: 'Decided what a reply means' },
  },
  'address.closed': { object: 'address', words: { 'zh-CN': '登记退订', en: 'Closed an address' } },
  'address.opened': { object: 'address', words: { 'zh-CN': '恢复可发送', en: 'Opened an address again' } },
  'address.added': { object: 'address', words: { 'zh-CN': '添加号码或邮箱', en: 'Added an address' } },
  'attribute.declared': {
    object: 'attribute',
    words: { 'zh-CN': '修改字段类型', en: 'Changed what a field holds' },
  },
  'import.started': { object: 'import', words: { 'zh-CN': '开始导入', en: 'Began an import' } },
  'import.ended': { object: 'import', words: { 'zh-CN': '导入结束', en: 'An import ended' } },
  'import.cancelled': { object: 'import', words: { 'zh-CN': '取消导入', en: 'Ended an import early' } },
  'work.ended': { object: 'work', words: { 'zh-CN': '结束进行中的工作', en: 'Ended something under way' } },
  'message.tested': { object: 'message', words: { 'zh-CN': '试发消息', en: 'Sent a message to try it' } },
  'message.exported': { object: 'message', words: { 'zh-CN': '导出消息', en: 'Exported messages' } },
  'journey.report_exported': {
    object: 'journey',
    words: { 'zh-CN': '导出旅程结果', en: 'Exported a journey’s report' },
  },
  'message.answered': {
    object: 'message',
    words: { 'zh-CN': '以客户身份回复', en: 'Answered as a customer' },
  },
  'channel.changed': { object: 'channel', words: { 'zh-CN': '修改渠道设置', en: 'Set a channel up' } },
  'channel.removed': {
    object: 'channel',
    words: { 'zh-CN': '清除渠道设置', en: 'Took a channel’s settings away' },
  },
  'channel.halted': {
    object: 'channel',
    words: { 'zh-CN': '服务商出错，渠道自动暂停', en: 'Rested because its provider is at fault' },
    counted: true,
  },
  'channel.recovered': {
    object: 'channel',
    words: { 'zh-CN': '服务商恢复，渠道继续发送', en: 'Went on, its provider being well again' },
  },
  'channel.paused': { object: 'channel', words: { 'zh-CN': '人工暂停渠道', en: 'Paused a channel by hand' } },
  'channel.continued': {
    object: 'channel',
    words: { 'zh-CN': '继续暂停的渠道', en: 'Let a paused channel go on' },
  },
  'channel.resumed': {
    object: 'channel',
    words: { 'zh-CN': '恢复渠道发送', en: 'Let a channel try again' },
  },
  'sms.synchronised': {
    object: 'channel',
    words: { 'zh-CN': '同步短信模板和签名', en: 'Synchronised SMS templates and signatures' },
  },
  'sms.template_saved': {
    object: 'channel',
    words: { 'zh-CN': '填写短信模板', en: 'Typed an SMS template' },
  },
  'sms.template_removed': {
    object: 'channel',
    words: { 'zh-CN': '删除短信模板', en: 'Deleted an SMS template' },
  },
  'message.released': {
    object: 'message',
    words: { 'zh-CN': '恢复数据后，发出暂缓的消息', en: 'Sent what was held after a restore' },
  },
  'message.dropped': {
    object: 'message',
    words: { 'zh-CN': '恢复数据后，丢弃暂缓的消息', en: 'Dropped what was held after a restore' },
  },
  'brand.restored': {
    object: 'brand',
    words: { 'zh-CN': '发现数据来自备份或副本', en: 'Found its data restored or copied' },
  },
  'task.made': { object: 'task', words: { 'zh-CN': '派任务', en: 'Made a task' } },
  'task.cancelled': { object: 'task', words: { 'zh-CN': '撤销任务', en: 'Took a task back' } },
  'task.decided': { object: 'task', words: { 'zh-CN': '决定任务', en: 'Decided a task' } },
  'task.taken': { object: 'task', words: { 'zh-CN': '领取任务', en: 'Took a task' } },
  'task.assigned': { object: 'task', words: { 'zh-CN': '转交任务', en: 'Gave a task to somebody' } },
  'staff.saved': {
    object: 'staff',
    words: { 'zh-CN': '保存员工', en: 'Saved a member of staff' },
    counted: true,
  },
  'staff.removed': { object: 'staff', words: { 'zh-CN': '删除员工', en: 'Removed a member of staff' } },
  'staff.login_given': {
    object: 'staff',
    words: { 'zh-CN': '设置员工登录', en: 'Gave a member of staff a login' },
  },
  'staff.login_taken': { object: 'staff', words: { 'zh-CN': '收回员工登录', en: 'Took a staff login away' } },
  'staff.giving': { object: 'staff', words: { 'zh-CN': '分配一批客户', en: 'Gave customers to staff' } },
  'staff.handed_over': { object: 'staff', words: { 'zh-CN': '交接客户', en: 'Handed customers over' } },
  'team.saved': { object: 'team', words: { 'zh-CN': '保存团队', en: 'Saved a team' }, counted: true },
  'team.removed': { object: 'team', words: { 'zh-CN': '删除团队', en: 'Removed a team' } },
  'rules.saved': { object: 'rules', words: { 'zh-CN': '修改分配规则', en: 'Changed the assignment rules' } },
  'customer.owned': {
    object: 'customer',
    words: { 'zh-CN': '指定客户归属', en: 'Gave a customer to somebody' },
  },
  'customer.assigned': {
    object: 'customer',
    words: { 'zh-CN': '客户有了新的归属', en: 'Customers have new owners' },
    summed: true,
  },
  'model.changed': { object: 'model', words: { 'zh-CN': '修改模型设置', en: 'Chose the model' } },
  'brand.changed': { object: 'brand', words: { 'zh-CN': '修改品牌设置', en: 'Changed the brand' } },
  'content.saved': { object: 'content', words: { 'zh-CN': '保存内容', en: 'Saved a content' } },
  'asset.added': { object: 'asset', words: { 'zh-CN': '上传素材', en: 'Uploaded a picture' } },
  'asset.renamed': { object: 'asset', words: { 'zh-CN': '改素材名称', en: 'Named a picture' } },
  'asset.replaced': { object: 'asset', words: { 'zh-CN': '替换素材', en: 'Replaced a picture' } },
  'asset.removed': { object: 'asset', words: { 'zh-CN': '删除素材', en: 'Deleted a picture' } },
  'content.removed': { object: 'content', words: { 'zh-CN': '删除内容', en: 'Deleted a content' } },
  'points.adjusted': { object: 'customer', words: { 'zh-CN': '调整积分', en: 'Adjusted points' } },
  'points.booked': {
    object: 'points',
    words: { 'zh-CN': '经接口加减积分', en: 'Added or took points' },
    summed: true,
  },
  'coupon.saved': { object: 'coupon', words: { 'zh-CN': '保存优惠券', en: 'Saved a coupon' } },
  'coupon.removed': { object: 'coupon', words: { 'zh-CN': '删除优惠券', en: 'Deleted a coupon' } },
  'coupon.codes_added': {
    object: 'coupon',
    words: { 'zh-CN': '补充券码', en: 'Added codes to a coupon' },
    summed: true,
  },
  'referral.saved': { object: 'referral', words: { 'zh-CN': '保存邀请活动', en: 'Saved a programme' } },
  'referral.removed': { object: 'referral', words: { 'zh-CN': '删除邀请活动', en: 'Deleted a programme' } },
  'referral.joined': {
    object: 'customer',
    words: { 'zh-CN': '通过邀请加入', en: 'Came in by an invitation' },
  },
  'referral.decided': {
    object: 'customer',
    words: { 'zh-CN': '核对一条邀请', en: 'Decided about an invitation' },
  },
  'product.removed': { object: 'product', words: { 'zh-CN': '删除商品', en: 'Took a product out' } },
  'key.made': { object: 'key', words: { 'zh-CN': '新建 API 密钥', en: 'Made an API key' } },
  'key.revoked': { object: 'key', words: { 'zh-CN': '吊销 API 密钥', en: 'Revoked an API key' } },
  'tracking.made': {
    object: 'tracking',
    words: { 'zh-CN': '新建埋点密钥', en: 'Made a tracking key' },
  },
  'tracking.revoked': {
    object: 'tracking',
    words: { 'zh-CN': '停用埋点密钥', en: 'Revoked a tracking key' },
  },
  'webhook.made': { object: 'webhook', words: { 'zh-CN': '新建 Webhook', en: 'Made a webhook' } },
  'webhook.changed': { object: 'webhook', words: { 'zh-CN': '修改 Webhook', en: 'Changed a webhook' } },
  'webhook.removed': { object: 'webhook', words: { 'zh-CN': '删除 Webhook', en: 'Deleted a webhook' } },
  'webhook.secret_renewed': {
    object: 'webhook',
    words: { 'zh-CN': '更换 Webhook 密钥', en: 'Gave a webhook another secret' },
  },
  'webhook.tested': { object: 'webhook', words: { 'zh-CN': '测试 Webhook', en: 'Tried a webhook' } },
  'webhook.resent': { object: 'webhook', words: { 'zh-CN': '重发 Webhook 通知', en: 'Sent notices again' } },
  'webhook.failed': {
    object: 'webhook',
    words: { 'zh-CN': 'Webhook 一直失败，自动停用', en: 'Switched a webhook off that failed' },
  },
  'wecom.synced': {
    object: 'channel',
    words: { 'zh-CN': '同步企业微信客户', en: 'Took friends over from WeCom' },
  },
  'wecom.reminded': { object: 'message', words: { 'zh-CN': '提醒员工群发', en: 'Reminded of a broadcast' } },
  'wecom.confirmed': {
    object: 'message',
    words: { 'zh-CN': '替员工点发送', en: 'Pressed send for an employee' },
  },
  'wecom.cancelled': { object: 'message', words: { 'zh-CN': '撤回群发任务', en: 'Took a broadcast back' } },
  'wecom_way.added': { object: 'channel', words: { 'zh-CN': '新建活码', en: 'Added a contact code' } },
  'wecom_way.made': {
    object: 'channel',
    words: { 'zh-CN': '企业微信生成活码', en: 'Had WeCom make a contact code' },
  },
  'wecom_way.changed': { object: 'channel', words: { 'zh-CN': '修改活码', en: 'Changed a contact code' } },
  'wecom_way.removed': { object: 'channel', words: { 'zh-CN': '删除活码', en: 'Removed a contact code' } },
  'wecom_tag.bound': {
    object: 'channel',
    words: { 'zh-CN': '绑定企业微信标签', en: 'Bound a tag to WeCom' },
  },
  'wecom_tag.unbound': {
    object: 'channel',
    words: { 'zh-CN': '解绑企业微信标签', en: 'Unbound a tag from WeCom' },
  },
  'brand.created': { object: 'brand', words: { 'zh-CN': '新建品牌', en: 'Made a brand' } },
  'brand.archived': { object: 'brand', words: { 'zh-CN': '归档品牌', en: 'Archived a brand' } },
  'brand.went_live': { object: 'brand', words: { 'zh-CN': '转为正式运行', en: 'Went live' } },
  'session.opened': { object: 'session', words: { 'zh-CN': '登录', en: 'Logged in' } },
  'session.closed': { object: 'session', words: { 'zh-CN': '退出登录', en: 'Logged out' } },
  'session.all_closed': {
    object: 'session',
    words: { 'zh-CN': '退出所有登录', en: 'Ended all logins' },
  },
  'session.refused': {
    object: 'session',
    words: { 'zh-CN': '密码错误，登录失败', en: 'Gave a wrong password' },
    counted: true,
  },
  'row.mended': {
    object: 'row',
    words: { 'zh-CN': '改好读不出的数据', en: 'Mended what could not be read' },
  },
  'row.dropped': {
    object: 'row',
    words: { 'zh-CN': '删除读不出的数据', en: 'Deleted what could not be read' },
  },
  'event.corrected': {
    object: 'customer',
    words: { 'zh-CN': '更正客户的行为或订单', en: 'Corrected an event or order' },
  },
  'event.removed': {
    object: 'customer',
    words: { 'zh-CN': '删除客户的行为或订单', en: 'Deleted an event or order' },
  },
  'clock.moved': { object: 'clock', words: { 'zh-CN': '拨动时钟', en: 'Moved the clock' }, counted: true },
} as const satisfies Record<string, ActionInfo>
export type AuditAction = keyof typeof actions

/** How an action's rows are gathered into one; null where each stands for itself. */
export function gathering(action: AuditAction): 'counted' | 'summed' | null {
  const info: ActionInfo = actions[action]
  if (info.counted === true) return 'counted'
  return info.summed === true ? 'summed' : null
}

import { errors } from './errors/index.ts'
import type { LocalText } from './text.ts'

/**
 * What a sign that is not well means for whoever watches the server. `life`: it should be started anew (`/healthz`
 * answers 503). `readiness`: it cannot do its work until this is mended (`/readyz` answers 503). `notice`: it works,
 * and a person should know.
 */
export type Bearing = 'life' | 'readiness' | 'notice'

/** `{name}` in a text is replaced by the value of that name from the sign's details. */
export interface SignEntry {
  readonly bearing: Bearing
  /** What it is a sign of, in a word or two. */
  readonly label: LocalText
  /** What is wrong where it is not well. */
  readonly message: LocalText
  readonly mend: LocalText
}

/** All that the server watches about itself. */
export const signs = {
  'heart-still': {
    bearing: 'life',
    label: { 'zh-CN': '引擎心跳', en: 'The engine’s heartbeat' },
    message: {
      'zh-CN': '引擎已有 {seconds} 秒没有动静，到点的等待和消息都停着',
      en: 'The engine has not beaten for {seconds} {seconds:second|seconds}: waits and messages that are due stand still',
    },
    mend: {
      'zh-CN': '它会自己重新开始；若一直不好，请重启鹊桥并把日志交给工程师',
      en: 'It starts anew by itself; if it stays so, restart Magpie and show an engineer the log',
    },
  },
  'engine-restarted': {
    bearing: 'notice',
    label: { 'zh-CN': '引擎的运行', en: 'The engine’s running' },
    message: {
      'zh-CN': '引擎停住过，最近一小时里重新开始了 {times} 次，没有丢失也没有重复',
      en: 'The engine stood still and was started anew, {times} {times:time|times} in the last hour; nothing was lost or doubled',
    },
    mend: {
      'zh-CN': '若反复出现，请把日志交给工程师',
      en: 'If it happens again and again, show an engineer the log',
    },
  },
  'work-crowded': {
    bearing: 'notice',
    label: { 'zh-CN': '排队的工作', en: 'Work that waits' },
    message: {
      'zh-CN': '人数、预览、检查等排了 {waiting} 项，再多就会被拒绝',
      en: '{waiting} {waiting:piece of work waits for its|pieces of work wait for their} turn (counts, previews, checks and the like); more will be refused',
    },
    mend: {
      'zh-CN': '等一会儿，或在「进行中」里结束不再需要的',
      en: 'Wait a little, or end what is no longer needed under “Under way”',
    },
  },
  'helper-failed': {
    bearing: 'notice',
    label: { 'zh-CN': '辅助进程', en: 'The helper processes' },
    message: {
      'zh-CN': '辅助进程出错退出，人数、预览、导入等做不了：{reason}',
      en: 'A helper process has ended by an error, so that counts, previews and imports fail: {reason}',
    },
    mend: {
      'zh-CN': '再试一次；若仍出错，请把日志交给工程师',
      en: 'Try again; if it persists, show an engineer the log',
    },
  },
  'copy-away': {
    bearing: 'notice',
    label: { 'zh-CN': '分析副本', en: 'The analytical copy' },
    message: {
      'zh-CN': '定时入口和进出人群的判断在等分析副本：{why}',
      en: 'Scheduled entries and looks at audiences wait for the analytical copy: {why}',
    },
    mend: {
      'zh-CN':
        '正在建立的话不用做什么，好了会自动补上，不丢人也不重复；否则腾出磁盘空间，或用 npm run -s magpie -- copy --data 数据文件夹 重新建立',
      en: 'If it is being made, nothing need be done: what waits is made up, nobody is lost or doubled. Else make room on the disk, or make it anew: npm run -s magpie -- copy --data DIR',
    },
  },
  'copy-silent': {
    bearing: 'notice',
    label: { 'zh-CN': '全体客户的统计', en: 'Counts over all customers' },
    message: {
      'zh-CN': '算人数、名单和报表都做不了：{why}',
      en: 'Counts, lists and reports are refused: {why}',
    },
    mend: {
      'zh-CN':
        '磁盘满了就腾出空间，过几十秒会自己恢复；否则用 npm run -s magpie -- copy --data 数据文件夹 重新建立分析副本',
      en: 'If the disk is full, make room: it goes on by itself within a minute. Else make the analytical copy anew: npm run -s magpie -- copy --data DIR',
    },
  },
  'clock-set-back': {
    bearing: 'notice',
    label: { 'zh-CN': '机器时钟回拨', en: 'The machine’s clock going back' },
    message: {
      'zh-CN': '机器的时钟被调回了 {length}，鹊桥暂时按自己的计时继续走',
      en: 'The machine’s clock was set back by {length}; Magpie goes on by its own count for now',
    },
    mend: {
      'zh-CN':
        '检查机器的时间和校时服务。若新时间是对的，不用做什么：差得少会慢慢追上，差得多一小时后采用；重启则立即采用',
      en: 'Check the machine’s time and its time service. If the new time is right, nothing need be done: a small difference is made up slowly, a large one is taken over after an hour, and at once by a restart',
    },
  },
  'clock-set-forward': {
    bearing: 'notice',
    label: { 'zh-CN': '机器时钟跳快', en: 'The machine’s clock leaping ahead' },
    message: {
      'zh-CN': '机器的时钟一下子往前走了 {length}，到点的等待正按「晚了怎么办」处理',
      en: 'The machine’s clock went forward by {length} at once; what fell due is worked off by each wait’s rule for being late',
    },
    mend: {
      'zh-CN': '机器休眠过的话不用做什么；否则检查机器的时间，调回来以后鹊桥会立即跟上',
      en: 'If the machine was asleep, nothing need be done; else check its time: once it is set right, Magpie follows at once',
    },
  },
  'clock-behind-data': {
    bearing: 'notice',
    label: { 'zh-CN': '机器时钟与数据', en: 'The machine’s clock and the data' },
    message: {
      'zh-CN': '机器的时钟比数据里最近的改动还早 {length}，到点的等待要等时钟走到才会继续',
      en: 'The machine’s clock is {length} behind the latest change in the data; waits go on only when it gets there',
    },
    mend: {
      'zh-CN': '检查机器的时间和校时服务；时间对了，鹊桥会立即跟上',
      en: 'Check the machine’s time and its time service; once it is right, Magpie follows at once',
    },
  },
  'database-silent': {
    bearing: 'readiness',
    label: { 'zh-CN': '数据库', en: 'The database' },
    message: { 'zh-CN': '数据库没有回答', en: 'The database does not answer' },
    mend: {
      'zh-CN': '检查磁盘空间和数据文件夹的权限',
      en: 'Check the disk’s space and the rights of the data folder',
    },
  },
  'store-busy': {
    bearing: 'readiness',
    label: { 'zh-CN': '数据文件的锁', en: 'The lock of the data' },
    message: errors['store-busy'].message,
    mend: errors['store-busy'].mend,
  },
  'disk-full': {
    bearing: 'readiness',
    label: { 'zh-CN': '磁盘空间', en: 'The disk’s space' },
    message: errors['disk-full'].message,
    mend: errors['disk-full'].mend,
  },
  'disk-low': {
    bearing: 'notice',
    label: { 'zh-CN': '磁盘余量', en: 'What is left on the disk' },
    message: {
      'zh-CN': '数据所在的磁盘只剩 {free}（{share}%）',
      en: 'The disk of the data has {free} left ({share}%)',
    },
    mend: {
      'zh-CN': '尽快腾出空间；写满以后鹊桥只能读',
      en: 'Free some space soon; once it is full, Magpie can only read',
    },
  },
  'disk-failing': {
    bearing: 'readiness',
    label: { 'zh-CN': '磁盘读写', en: 'The disk’s work' },
    message: errors['disk-failing'].message,
    mend: errors['disk-failing'].mend,
  },
  'store-unwritable': {
    bearing: 'readiness',
    label: { 'zh-CN': '数据文件的权限', en: 'The rights of the data' },
    message: errors['store-unwritable'].message,
    mend: errors['store-unwritable'].mend,
  },
  'brand-unopened': {
    bearing: 'notice',
    label: { 'zh-CN': '品牌的数据库', en: 'The databases of brands' },
    message: { 'zh-CN': '有品牌打不开：{why}', en: 'A brand cannot be opened: {why}' },
    mend: { 'zh-CN': '要让它打开：{how}', en: 'To open it: {how}' },
  },
  // Other brands go on, so whoever watches must not take the server away from them.
  'store-damaged': {
    bearing: 'notice',
    label: { 'zh-CN': '数据文件的完好', en: 'The soundness of the data' },
    message: errors['store-damaged'].message,
    mend: errors['store-damaged'].mend,
  },
  'store-gone': {
    bearing: 'notice',
    label: { 'zh-CN': '数据文件的位置', en: 'The place of the data' },
    message: errors['store-gone'].message,
    mend: errors['store-gone'].mend,
  },
  'data-unsound': {
    bearing: 'notice',
    label: { 'zh-CN': '夜间检查', en: 'The nightly look at the data' },
    message: { 'zh-CN': '最近一次夜间检查：{faults}', en: 'When the data was last looked through: {faults}' },
    mend: {
      'zh-CN': '停掉鹊桥，用 npm run -s magpie -- check --data 目录 查看，再用 restore 换回备份',
      en: 'Stop Magpie, look with npm run -s magpie -- check --data DIR, and put a backup in its place with restore',
    },
  },
  'channel-rests': {
    bearing: 'notice',
    label: { 'zh-CN': '渠道的服务商', en: 'The providers of channels' },
    message: {
      'zh-CN': '{channels}的服务商出错，暂停发送，{count} 条消息在排队',
      en: 'The provider of {channels} is at fault: nothing is sent there, {count} {count:message waits|messages wait}',
    },
    mend: {
      'zh-CN': '到「设置 → 渠道」看对方的回答，改好以后点「立即再试」',
      en: 'See what it answered under Settings, Channels; mend it, and try again there',
    },
  },
  'channel-paused': {
    bearing: 'notice',
    label: { 'zh-CN': '人工暂停的渠道', en: 'Channels that people paused' },
    message: {
      'zh-CN': '{channels}已人工暂停超过 {hours} 小时，{count} 条消息在排队',
      en: '{channels}: paused by a person for more than {hours} {hours:hour|hours}, {count} {count:message waits|messages wait}',
    },
    mend: {
      'zh-CN': '原因已解决的话，到「投递」页点「继续发送」',
      en: 'If the reason is gone, let it go on, on the page “Delivery”',
    },
  },
  'queue-late': {
    bearing: 'notice',
    label: { 'zh-CN': '消息排队的时间', en: 'How long messages wait' },
    message: {
      'zh-CN': '{channels}有到点的消息排队超过 {minutes} 分钟，最早的等了 {length}',
      en: '{channels}: messages that are due wait for more than {minutes} {minutes:minute|minutes}, the oldest for {length}',
    },
    mend: {
      'zh-CN': '到「投递」页看速率和失败原因；渠道没设置就去设置，速率太低就在「设置 → 品牌」里调高',
      en: 'See rate and failures on the page “Delivery”; set the channel up if it is not, raise its rate under Settings, Brand if that is low',
    },
  },
  'channel-failing': {
    bearing: 'notice',
    label: { 'zh-CN': '渠道的失败率', en: 'Failures of channels' },
    message: {
      'zh-CN': '{channels}最近 {sends} 条里失败超过 {share}%',
      en: '{channels}: of the last {sends} {sends:message|messages} more than {share}% failed',
    },
    mend: {
      'zh-CN': '到「投递」页看失败代码的说明，必要时先暂停渠道',
      en: 'Read what the codes mean on the page “Delivery”, and pause the channel if need be',
    },
  },
  'coupon-low': {
    bearing: 'notice',
    label: { 'zh-CN': '券码池', en: 'The pools of coupons' },
    message: {
      'zh-CN': '券码快发完了：{coupons}',
      en: 'Pools of coupons run low: {coupons}',
    },
    mend: {
      'zh-CN': '到「优惠券」页补充券码，或停发这张券；发完以后客户会从「券已发完」的出口离开',
      en: 'Add codes on the page “Coupons”, or stop handing the coupon out; once a pool is empty, customers leave by the port for that',
    },
  },
  'webhook-off': {
    bearing: 'notice',
    label: { 'zh-CN': 'Webhook 通知', en: 'Webhooks' },
    message: {
      'zh-CN': 'Webhook {names} 已自动停用，别的系统收不到通知',
      en: 'The webhooks {names} have switched themselves off: other systems are told of nothing',
    },
    mend: {
      'zh-CN': '到「设置 → Webhook」看对方的回答，改好以后启用，再重发漏掉的通知',
      en: 'See what was answered under Settings, Webhooks; mend it, switch it on, and send again what was missed',
    },
  },
  'data-restored': {
    bearing: 'notice',
    label: { 'zh-CN': '数据的来历', en: 'Where the data comes from' },
    message: {
      'zh-CN': '数据来自备份或副本，{count} 条消息可能已经发过，在等人决定',
      en: 'The data was restored or copied: {count} {count:message may have been sent already, and waits|messages may have been sent already, and wait} for a person',
    },
    mend: {
      'zh-CN': '到「消息」页决定发出还是丢弃',
      en: 'Send or drop them on the page of messages',
    },
  },
} as const satisfies Record<string, SignEntry>

export type SignName = keyof typeof signs

export function isSign(name: string): name is SignName {
  return Object.hasOwn(signs, name)
}

/** Every sign by its name, in the order in which people read of them. */
export const signNames: readonly SignName[] = Object.keys(signs).filter(isSign)

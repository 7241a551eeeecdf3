import { fill } from '../errors/index.ts'
import type { LocalText } from '../text.ts'
import { attachmentDiagnostics } from './diagnostics-attachments.ts'
import { boundDiagnostics } from './diagnostics-bounds.ts'
import { contentDiagnostics } from './diagnostics-contents.ts'
import { couponDiagnostics } from './diagnostics-coupons.ts'
import { entryDiagnostics } from './diagnostics-entries.ts'
import { mailDiagnostics } from './diagnostics-mail.ts'
import { nameDiagnostics } from './diagnostics-names.ts'
import { referralDiagnostics } from './diagnostics-referrals.ts'
import { smsDiagnostics } from './diagnostics-sms.ts'
import { textDiagnostics } from './diagnostics-texts.ts'
import { waitDiagnostics } from './diagnostics-waits.ts'

export type Severity = 'error' | 'warning'

export interface DiagnosticEntry {
  readonly severity: Severity
  readonly message: LocalText
  readonly mend: LocalText
}

/** Everything that the compiler may say of a journey. `{name}` is replaced by the diagnostic's details. */
export const diagnosticTable = {
  ...textDiagnostics,
  ...mailDiagnostics,
  ...contentDiagnostics,
  ...couponDiagnostics,
  ...referralDiagnostics,
  ...attachmentDiagnostics,
  ...boundDiagnostics,
  ...waitDiagnostics,
  ...entryDiagnostics,
  ...nameDiagnostics,
  ...smsDiagnostics,
  'no-trigger': {
    severity: 'error',
    message: {
      'zh-CN': '旅程没有入口，没有客户会进来',
      en: 'The journey has no trigger, so nobody can enter',
    },
    mend: { 'zh-CN': '从面板拖入一个入口节点', en: 'Drag a trigger in from the palette' },
  },
  'recurs-only-once': {
    severity: 'warning',
    message: {
      'zh-CN': '入口「{trigger}」会一次次触发，但「再次进入」设为“不允许”：每位客户一生只会进入一次',
      en: '“{trigger}” comes again and again, but re-entry is “never”: each customer is let in once for ever',
    },
    mend: {
      'zh-CN': '在旅程设置里选择何时可以再次进入；如果就是只想触达一次，可以不改',
      en: 'Choose in the journey’s settings when customers may come in again; leave it if once is what you mean',
    },
  },
  'date-once-unsaid': {
    severity: 'warning',
    message: {
      'zh-CN': '没有说明「{attribute}」是每年都算，还是只算那一天；看名字按只算那一天处理，看年份',
      en: 'It is not said whether “{attribute}” comes each year or once; going by its name it comes once, in its year',
    },
    mend: {
      'zh-CN': '纪念日选“每年”，到期日选“仅那一年一次”',
      en: 'Choose “each year” for an anniversary, “once” for an expiry',
    },
  },
  'date-yearly-unsaid': {
    severity: 'warning',
    message: {
      'zh-CN': '没有说明「{attribute}」是每年都算，还是只算那一天；看名字按每年处理，不看年份',
      en: 'It is not said whether “{attribute}” comes each year or once; going by its name its year is ignored',
    },
    mend: {
      'zh-CN': '纪念日选“每年”，到期日选“仅那一年一次”',
      en: 'Choose “each year” for an anniversary, “once” for an expiry',
    },
  },
  'date-scarce': {
    severity: 'warning',
    message: {
      'zh-CN': '{of} 位客户中，只有 {readable} 位的「{attribute}」是能认出的日期',
      en: '“{attribute}” holds a date that can be read for {readable} of {of} customers',
    },
    mend: {
      'zh-CN': '换一个日期字段，或在“客户 → 字段”里把它的类型改为日期并查看读不出的值',
      en: 'Choose another field, or make it a date under Customers → Fields and look at what cannot be read',
    },
  },
  'operator-unfit': {
    severity: 'warning',
    message: {
      'zh-CN': '「{attribute}」是{type}，不能用“{op}”比较，这个条件对谁都不成立',
      en: '“{attribute}” is of type {type}, which cannot be compared by “{op}”: the test holds for nobody',
    },
    mend: {
      'zh-CN': '换一种比较方式，或在“客户 → 字段”里改它的类型',
      en: 'Compare it another way, or change its type under Customers → Fields',
    },
  },
  'operand-unfit': {
    severity: 'warning',
    message: {
      'zh-CN': '「{attribute}」是{type}，“{value}”读不成{type}',
      en: '“{attribute}” is of type {type}, and “{value}” cannot be read as one',
    },
    mend: {
      'zh-CN': '改写这个值，或在“客户 → 字段”里改字段的类型',
      en: 'Write the value another way, or change the type under Customers → Fields',
    },
  },
  'unknown-node-type': {
    severity: 'error',
    message: { 'zh-CN': '不认识的节点类型「{type}」', en: 'There is no node type “{type}”' },
    mend: {
      'zh-CN': '换成面板里有的节点，或升级 Magpie',
      en: 'Use a node from the palette, or upgrade Magpie',
    },
  },
  'invalid-config': {
    severity: 'error',
    message: { 'zh-CN': '「{field}」填写有误：{detail}', en: '“{field}” is not valid: {detail}' },
    mend: { 'zh-CN': '打开这个节点，改正这一项', en: 'Open the node and correct this field' },
  },
  'reserved-id': {
    severity: 'error',
    message: {
      'zh-CN': '编号「{id}」留作系统使用，节点不能叫这个名字',
      en: 'The id “{id}” is reserved and cannot name a node',
    },
    mend: { 'zh-CN': '给节点换一个编号', en: 'Give the node another id' },
  },
  'dangling-port': {
    severity: 'error',
    message: { 'zh-CN': '出口「{port}」没有连到任何节点', en: 'The port “{port}” leads nowhere' },
    mend: { 'zh-CN': '把它连到下一步，或连到结束', en: 'Connect it to the next step, or to an exit' },
  },
  'unknown-port': {
    severity: 'error',
    message: {
      'zh-CN': '连线从不存在的出口「{port}」出发',
      en: 'A line starts at “{port}”, a port that is not there',
    },
    mend: {
      'zh-CN': '删掉这条连线，或改从现有出口连出',
      en: 'Delete the line, or draw it from a port that exists',
    },
  },
  'unknown-source': {
    severity: 'error',
    message: {
      'zh-CN': '连线从不存在的节点「{from}」出发',
      en: 'A line starts at “{from}”, a node that is not there',
    },
    mend: { 'zh-CN': '删掉这条连线', en: 'Delete the line' },
  },
  'unknown-target': {
    severity: 'error',
    message: {
      'zh-CN': '出口「{port}」连到了不存在的节点「{target}」',
      en: 'The port “{port}” leads to “{target}”, a node that is not there',
    },
    mend: { 'zh-CN': '改连到现有的节点', en: 'Connect it to a node that exists' },
  },
  'edge-into-trigger': {
    severity: 'error',
    message: { 'zh-CN': '连线指向了入口「{target}」', en: 'A line leads into the trigger “{target}”' },
    mend: { 'zh-CN': '改连到入口之后的节点', en: 'Connect it to a node after the trigger' },
  },
  'edge-into-goal': {
    severity: 'error',
    message: {
      'zh-CN': '连线指向了目标「{target}」，目标不用连线',
      en: 'A line leads into the goal “{target}”, which needs none',
    },
    mend: {
      'zh-CN': '改连到结束；目标会自动统计',
      en: 'Connect it to an exit; goals are watched by themselves',
    },
  },
  'unreachable-node': {
    severity: 'error',
    message: { 'zh-CN': '没有客户能走到这个节点', en: 'No customer can get to this node' },
    mend: { 'zh-CN': '从前面的节点连过来，或删掉它', en: 'Connect a node before it, or delete it' },
  },
  'no-end': {
    severity: 'error',
    message: { 'zh-CN': '从「{nodes}」出发走不到结束', en: 'From “{nodes}” no exit can be reached' },
    mend: { 'zh-CN': '在后面接上一个结束节点', en: 'Connect an exit further down' },
  },
  'loop-without-wait': {
    severity: 'error',
    message: {
      'zh-CN': '循环「{nodes}」没有经过限定次数的等待，客户会不停地转',
      en: 'The loop “{nodes}” passes no wait with a maximum of visits, so a customer could go round for ever',
    },
    mend: {
      'zh-CN': '在循环里加一个等待，并填最多次数；「次数用完」要连到循环外',
      en: 'Put a wait with a maximum of visits into the loop, and lead “visits used up” out of it',
    },
  },
  'loop-may-not-wait': {
    severity: 'error',
    message: {
      'zh-CN':
        '循环「{nodes}」里的「{wait}」不一定要等：日子可能已经过去，事情可能马上发生，客户会在一瞬间转完所有圈',
      en: 'In the loop “{nodes}” nobody is sure to wait at “{wait}”: its day may be past or its event come at once, and a customer goes round in one moment',
    },
    mend: {
      'zh-CN': '在循环里加一个「等待一段时间」，并填最多次数；「次数用完」要连到循环外',
      en: 'Put a wait for a length of time with a maximum of visits into the loop, and lead “visits used up” out of it',
    },
  },
  'many-in-an-hour': {
    severity: 'warning',
    message: {
      'zh-CN': '一位客户一小时内最多会收到 {most} 条营销消息；超过 {limit} 条时，旅程会自动暂停',
      en: 'One customer can get {most} marketing messages within an hour; the journey pauses itself before more than {limit}',
    },
    mend: {
      'zh-CN': '在消息之间加上等待，或在旅程设置里调高每小时上限',
      en: 'Put waits between the messages, or raise the ceiling per hour in the journey’s settings',
    },
  },
  'over-own-caps': {
    severity: 'warning',
    message: {
      'zh-CN':
        '一位客户 {days} 天内最多会收到这个旅程 {most} 条{channel}营销消息，品牌的上限是 {limit} 条，多出的不会发出',
      en: 'One customer can get {most} {channel}marketing messages of this journey within {days} days; the brand’s ceiling is {limit}, and those beyond it are not sent',
    },
    mend: {
      'zh-CN': '拉开消息的间隔、减少消息，或在「设置」里调高频次上限',
      en: 'Put more time between the messages, send fewer, or raise the ceiling under Settings',
    },
  },
  'date-past': {
    severity: 'warning',
    message: { 'zh-CN': '{date} 已经过去', en: '{date} is already past' },
    mend: { 'zh-CN': '换一个以后的日期', en: 'Choose a date to come' },
  },
  'never-fires': {
    severity: 'error',
    message: {
      'zh-CN': '「{cron}」这样的日子不会到来，没有客户会进来',
      en: 'No day ever fits “{cron}”, so nobody can enter',
    },
    mend: { 'zh-CN': '改成日历上有的日子', en: 'Choose days that the calendar has' },
  },
  'weights-not-100': {
    severity: 'error',
    message: { 'zh-CN': '各组比例合计 {sum}%，应为 100%', en: 'The shares add up to {sum}%, not 100%' },
    mend: { 'zh-CN': '调整比例，使合计为 100%', en: 'Change the shares so that they add up to 100%' },
  },
  'empty-condition': {
    severity: 'warning',
    message: { 'zh-CN': '条件是空的，没有人会满足', en: 'The condition is empty and holds for nobody' },
    mend: { 'zh-CN': '加上至少一项条件', en: 'Add at least one test' },
  },
  'missing-operand': {
    severity: 'warning',
    message: {
      'zh-CN': '这里没有填要比较的值，条件不起作用',
      en: 'There is no value to compare with, so the test means nothing',
    },
    mend: {
      'zh-CN': '填上值，或改成「有值」「没有值」',
      en: 'Fill the value in, or ask whether there is one with is_set or not_set',
    },
  },
  'asks-before-entry': {
    severity: 'warning',
    message: {
      'zh-CN': '这里问的是{part}，而客户这时还没有进入，条件不起作用',
      en: 'This asks for {part}, but nobody has come in yet here, so the test means nothing',
    },
    mend: {
      'zh-CN': '改问客户资料、标签或过去的行为，或把它放到旅程里的条件分支中',
      en: 'Ask for profile, tags or past events instead, or put it into a branch inside the journey',
    },
  },
  'bad-window': {
    severity: 'error',
    message: { 'zh-CN': '时间范围不成立：{detail}', en: 'The time window holds nothing: {detail}' },
    mend: {
      'zh-CN': '写成 2026-08-19 的样子，并让结束晚于开始',
      en: 'Write dates like 2026-08-19, the end after the start',
    },
  },
  'contact-unfit': {
    severity: 'warning',
    message: {
      'zh-CN': '{channel}不用客户同意，也没有要验证的地址，“{state}”对所有客户都一样',
      en: 'Nobody is asked for consent to {channel}, nor is there an address to verify: “{state}” is the same of every customer',
    },
    mend: {
      'zh-CN': '换成短信或邮件，或改问能否用{channel}联系到，或去掉这项条件',
      en: 'Choose SMS or e-mail, ask whether customers can be reached by {channel}, or take this test away',
    },
  },
  'unknown-node-reference': {
    severity: 'error',
    message: {
      'zh-CN': '这里引用了「{reference}」，旅程里没有',
      en: 'This refers to “{reference}”, which the journey does not have',
    },
    mend: { 'zh-CN': '改选一个现有的节点', en: 'Choose a node that exists' },
  },
  'channel-not-set-up': {
    severity: 'warning',
    message: {
      'zh-CN': '{channel}还没有设置，发布以后，{channel}消息会一直排队，发不出去',
      en: '{channel} is not set up: after publishing, its messages stay queued and do not leave',
    },
    mend: {
      'zh-CN': '到「设置」的「渠道」里填好{channel}',
      en: 'Set it up under Settings, Channels: {channel}',
    },
  },
  'signature-not-set': {
    severity: 'warning',
    message: {
      'zh-CN': '短信签名还是默认的【{signature}】，没有报备过，运营商会拦下',
      en: 'The SMS signature is still the default 【{signature}】, which no operator lets through',
    },
    mend: {
      'zh-CN': '到「设置」的「品牌」里填上报备过的签名',
      en: 'Enter the signature that is filed with your operator under Settings, Brand',
    },
  },
} as const satisfies Record<string, DiagnosticEntry>

/** One finding of the compiler: what is wrong, where, and how to mend it. */
export interface Diagnostic {
  readonly code: string
  readonly severity: Severity
  /** The node's id; null where the whole journey is meant. */
  readonly node: string | null
  /** A path in the node's configuration, `ports.<port>`, of no node `channels.<channel>` in the settings, or null. */
  readonly field: string | null
  readonly message: LocalText
  readonly mend: LocalText
}

type Details = Readonly<Record<string, string | number>>

export interface Place {
  readonly node: string | null
  readonly field?: string | null
  readonly severity?: Severity
  /** Details whose words differ between the languages; these are the Chinese ones. */
  readonly zh?: Details
}

/** A code that a node type of an extension finds may be unknown here; it is then told as it is. */
const unknownEntry: DiagnosticEntry = {
  severity: 'error',
  message: { 'zh-CN': '检查没有通过：{code}', en: 'A check did not pass: {code}' },
  mend: { 'zh-CN': '打开这个节点查看', en: 'Open the node and look' },
}

function entryOf(code: string): DiagnosticEntry {
  const table: Readonly<Record<string, DiagnosticEntry>> = diagnosticTable
  return Object.hasOwn(table, code) ? (table[code] ?? unknownEntry) : unknownEntry
}

/** A diagnostic with its texts filled in. */
export function diagnose(code: string, place: Place, details: Details = {}): Diagnostic {
  const entry = entryOf(code)
  const said = (text: LocalText): LocalText => ({
    'zh-CN': fill(text['zh-CN'], { code, ...details, ...place.zh }),
    en: fill(text.en, { code, ...details }),
  })
  return {
    code,
    severity: place.severity ?? entry.severity,
    node: place.node,
    field: place.field ?? null,
    message: said(entry.message),
    mend: said(entry.mend),
  }
}

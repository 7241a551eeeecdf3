import type { InspectAnswer } from '../../shared/api/imports.ts'
import { fill } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Mapping } from './columns.ts'
import { saysConsent } from './names.ts'
import type { FilePlan } from './plan.ts'
import type { Survey } from './survey.ts'
import type { CsvTable } from './table.ts'

type Warning = InspectAnswer['warnings'][number]

/** What deserves a look before a file is imported, each with what to do. */
const warnings = {
  'title-above': {
    'zh-CN': '表头取的是第 {line} 行，上面的行是标题，不读',
    en: 'Line {line} is taken as the header; what stands above it is a title and not read',
  },
  'title-taken': {
    'zh-CN': '取作表头的第 {line} 行像是标题；请选写着列名的那一行',
    en: 'Line {line}, taken as the header, looks like a title; choose the line that names the columns',
  },
  'kind-unsure': {
    'zh-CN': '看列名分不清是客户还是订单，请确认上面选的对不对',
    en: 'The columns do not say for sure whether these are customers or orders; check the choice above',
  },
  'doubled-column': {
    'zh-CN': '表头里这个列名出现了不止一次，后面的改叫“{column}”',
    en: 'The header names this column more than once; the later one is called “{column}”',
  },
  'digits-rounded': {
    'zh-CN': '“{column}”的长编号第 15 位以后全是 0，是表格软件抹掉的；请按文本格式重新导出',
    en: 'The long ids of “{column}” all end in zeros after the 15th digit, as a spreadsheet leaves them; export the column as text',
  },
  'day-or-month': {
    'zh-CN': '“{column}”的日期分不清月和日哪个在前，请选定；不选的话，两可的日期不会导入',
    en: 'No date of “{column}” tells whether day or month comes first; say so, or dates that may be two days stay out',
  },
  'decimal-marks-mixed': {
    'zh-CN': '有的金额写成 1,280.00，有的写成 1.280,00；后一种不会导入，请统一后重新导出',
    en: 'Some amounts are written 1,280.00 and some 1.280,00; the latter stay out, so export them in one way',
  },
  'decimal-comma': {
    'zh-CN': '这个文件用逗号写小数（12,50 是十二元五角），按此读取',
    en: 'The file writes decimals after a comma (12,50 is twelve and a half), and is read so',
  },
  'consent-unread': {
    'zh-CN': '“{column}”像是在说谁不想收营销消息，但没有当作同意或退订来读；请选定它当作什么',
    en: '“{column}” seems to say who wants no marketing, but is read as neither consent nor opt-out; say what it is',
  },
  'quotes-broken': {
    'zh-CN': '有的行引号不成对（第 {lines} 行等），这些行不会导入，会列出来；请改好后重新导出',
    en: 'The quotation marks of some rows do not add up (line {lines} and so on); these rows stay out and are listed, so mend the file first',
  },
  'no-data': {
    'zh-CN': '有不是数据的行（第 {lines} 行等），导入时会略过并列出来',
    en: 'Some rows are no data (line {lines} and so on); they are passed over and listed',
  },
} as const satisfies Record<string, LocalText>

function warning(
  code: keyof typeof warnings,
  details: Readonly<Record<string, string | number>> = {},
  column: string | null = null,
): Warning {
  const { 'zh-CN': zh, en } = warnings[code]
  return { code, column, text: { 'zh-CN': fill(zh, details), en: fill(en, details) } }
}

/** Columns that seem to speak of consent, and are taken for something else. */
function unheeded({ columns }: CsvTable, { refusing }: Survey, mapping: Mapping): string[] {
  return columns.filter(
    (column) => mapping[column] === 'attribute' && (refusing.includes(column) || saysConsent(column)),
  )
}

export function warningsOf(plan: FilePlan, survey: Survey, sure: boolean): Warning[] {
  const { table, kind, mapping } = plan
  const { header, doubts } = table.head
  const of = (code: keyof typeof warnings, columns: Iterable<string>) =>
    [...columns].map((column) => warning(code, { column }, column))
  const lines = survey.noData.slice(0, 3).map(({ line }) => line)
  const broken = survey.broken.slice(0, 3)
  return [
    ...(sure ? [] : [warning('kind-unsure')]),
    ...doubts.map((doubt) => warning(doubt, { line: header.line })),
    ...of('doubled-column', table.doubled),
    ...of('digits-rounded', survey.rounded),
    ...of('day-or-month', survey.ambiguous),
    ...(survey.decimals.mixed ? [warning('decimal-marks-mixed')] : []),
    ...(survey.decimals.mark === ',' ? [warning('decimal-comma')] : []),
    ...of('consent-unread', kind === 'customers' ? unheeded(table, survey, mapping) : []),
    ...(broken.length === 0 ? [] : [warning('quotes-broken', { lines: broken.join(', ') })]),
    ...(lines.length === 0 ? [] : [warning('no-data', { lines: lines.join(', ') })]),
  ]
}

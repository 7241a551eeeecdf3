import type { DiagnosticEntry } from './diagnostic-entry.ts'

/** What the compiler may say of customers' attributes and their types. */
export const attributeDiagnostics = {
  'date-repeat-unsaid': {
    severity: 'warning',
    message: {
      'zh-CN': '没有说明「{attribute}」是每年都算，还是只算那一天；现在按每年处理，不看年份',
      en: 'It is not said whether “{attribute}” comes each year or only once; for now its year is ignored',
    },
    mend: {
      'zh-CN': '纪念日选“每年”，到期日选“仅那一次”',
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
} as const satisfies Record<string, DiagnosticEntry>

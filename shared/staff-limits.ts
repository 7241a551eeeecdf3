/** Staff, who has whose customers, and the rules by which these are given. */
export const staffLimits = {
  staff: {
    value: 5000,
    unit: 'entries',
    what: { 'zh-CN': '员工', en: 'Members of staff' },
  },
  teams: {
    value: 500,
    unit: 'entries',
    what: { 'zh-CN': '团队', en: 'Teams' },
  },
  assignRules: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '分配规则', en: 'Rules by which customers are given to staff' },
  },
  staffServes: {
    value: 200,
    unit: 'entries',
    what: {
      'zh-CN': '一名员工负责的区域或品类',
      en: 'The regions or categories that one member of staff serves',
    },
  },
  ceiling: {
    value: 1_000_000,
    unit: 'entries',
    what: { 'zh-CN': '一名员工最多的客户数', en: 'The most customers of one member of staff' },
  },
  assignFile: {
    value: 20_000_000,
    unit: 'bytes',
    what: { 'zh-CN': '员工或归属关系的文件', en: 'A file of staff, or of who has whom' },
  },
  assignAtOnce: {
    value: 100_000,
    unit: 'lines',
    what: { 'zh-CN': '一个员工或归属文件的行数', en: 'The lines of a file of staff, or of who has whom' },
  },
  givingLooks: {
    value: 20_000,
    unit: 'entries',
    what: {
      'zh-CN': '分配前预览时看的客户数，更多的按同样的规则分',
      en: 'The customers that a preview of an assignment looks at; more follow the same rules',
    },
  },
  workExceptions: {
    value: 400,
    unit: 'days',
    what: {
      'zh-CN': '品牌工作时间里单独设的休息日和上班日',
      en: 'The days off, and worked in their place, of a brand’s working time',
    },
  },
  taskAhead: {
    value: 366,
    unit: 'days',
    what: { 'zh-CN': '手动派的任务最远的期限', en: 'How far ahead a task made by hand may be due' },
  },
  taskLate: {
    value: 90,
    unit: 'days',
    what: {
      'zh-CN': '手动派的任务逾期后还能办多久',
      en: 'How long a task made by hand can still be done once it is late',
    },
  },
  taskResults: {
    value: 6,
    unit: 'entries',
    what: { 'zh-CN': '一项任务的结果选项', en: 'The results that a task may have' },
  },
} as const

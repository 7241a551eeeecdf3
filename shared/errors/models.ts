import type { ErrorEntry } from './entry.ts'

/** Models of what customers will do. */
export const models = {
  'scoring-running': {
    status: 409,
    message: {
      'zh-CN': '正在拟合模型并评分',
      en: 'The models are being fitted and everybody is being scored',
    },
    mend: {
      'zh-CN': '等它结束，或在“进行中”里结束它',
      en: 'Wait until it is done, or end it under Under way',
    },
  },
  'model-too-little': {
    status: 409,
    message: {
      'zh-CN':
        '数据太少，算不出这个模型：到 {until} 为止，买过东西的客户有 {customers} 位（至少要 {least_customers} 位），复购有 {repeats} 次（至少要 {least_repeats} 次）',
      en: 'There is too little data for this model: up to {until} {customers} {customers:customer has|customers have} bought (at least {least_customers} are needed), with {repeats} repeat {repeats:purchase|purchases} (at least {least_repeats})',
    },
    mend: {
      'zh-CN': '导入更早的订单，或者等积累了更多订单再算',
      en: 'Import earlier orders, or try again when there are more of them',
    },
  },
  'model-unsettled': {
    status: 409,
    message: {
      'zh-CN': '模型没有收敛：这些数据说明不了客户之间的差别',
      en: 'The model did not settle: the data does not tell how customers differ',
    },
    mend: {
      'zh-CN': '换一个截止日期，或者等积累了更多复购再算',
      en: 'Choose another end, or try again when there are more repeat purchases',
    },
  },
  'model-few-buyers': {
    status: 409,
    message: {
      'zh-CN': '买过东西的客户有 {customers} 位，至少要 {least} 位才算得出',
      en: '{customers} {customers:customer has|customers have} bought, and at least {least} are needed',
    },
    mend: {
      'zh-CN': '导入更早的订单，或者等积累了更多订单再算',
      en: 'Import earlier orders, or try again when there are more of them',
    },
  },
  'model-few-repeats': {
    status: 409,
    message: {
      'zh-CN': '买过不止一次的客户太少，至少要 {least} 位才算得出',
      en: 'Too few customers have bought more than once: at least {least} are needed',
    },
    mend: {
      'zh-CN': '导入更早的订单，或者等积累了更多复购再算',
      en: 'Import earlier orders, or try again when there are more repeat purchases',
    },
  },
  'model-few-purchases': {
    status: 409,
    message: {
      'zh-CN': '最近四个月里，每段 30 天的老客购买都要有至少 {least} 位，才能训练并检验',
      en: 'In the last four months at least {least} earlier customers must have bought in the 30 days that it is fitted to and in those on which it is tried',
    },
    mend: {
      'zh-CN': '导入最近几个月的订单，或者等积累了更多订单再算',
      en: 'Import the orders of the last months, or try again when there are more of them',
    },
  },
  'group-unknown': {
    status: 404,
    message: { 'zh-CN': '没有群组 {group}', en: 'There is no group {group}' },
    mend: {
      'zh-CN': '重新拟合后群组可能变了，刷新页面再起名',
      en: 'The models may have been fitted anew since: reload the page and name it there',
    },
  },
  'group-name-taken': {
    status: 409,
    message: { 'zh-CN': '已经有一个群组叫“{name}”', en: 'Another group is called “{name}” already' },
    mend: { 'zh-CN': '换一个名字', en: 'Choose another name' },
  },
} as const satisfies Record<string, ErrorEntry>

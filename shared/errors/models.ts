import type { ErrorEntry } from './entry.ts'

/** Models of what customers will do. */
export const models = {
  'model-too-little': {
    status: 409,
    message: {
      'zh-CN':
        '数据太少，算不出这个模型：到 {until} 为止，买过东西的客户有 {customers} 位（至少要 {least_customers} 位），复购有 {repeats} 次（至少要 {least_repeats} 次）',
      en: 'There is too little data for this model: up to {until} {customers} customers have bought (at least {least_customers} are needed), with {repeats} repeat purchases (at least {least_repeats})',
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
} as const satisfies Record<string, ErrorEntry>

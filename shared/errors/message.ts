import type { ErrorEntry } from './entry.ts'

/** Why a text cannot be written for a customer. */
export const message = {
  'missing-value': {
    status: 422,
    message: { 'zh-CN': '这位客户没有“{variable}”的值', en: 'This customer has no value for "{variable}"' },
    mend: {
      'zh-CN': "给它一个默认值，如 {{ {variable} | default: '朋友' }}，或补全客户资料",
      en: "Give it a default, such as {{ {variable} | default: 'friend' }}, or complete the customer's data",
    },
  },
  'value-not-text': {
    status: 422,
    message: {
      'zh-CN': '“{variable}”是一组值，不能直接写进文字',
      en: '"{variable}" is a group of values and cannot be put into a text',
    },
    mend: {
      'zh-CN': '写明要用其中哪一项，如 {variable}.name',
      en: 'Name the one to use, such as {variable}.name',
    },
  },
  'template-syntax': {
    status: 422,
    message: {
      'zh-CN': '模板第 {line} 行第 {column} 列写法有误：{detail}',
      en: 'The template is wrong at line {line}, column {column}: {detail}',
    },
    mend: {
      'zh-CN': '检查括号是否成对，花括号里的标点须用半角（: | \' "）',
      en: 'Check that braces and tags are closed; marks inside braces must be half-width (: | \' ")',
    },
  },
  'template-filter': {
    status: 422,
    message: {
      'zh-CN': '模板第 {line} 行第 {column} 列的值无法处理：{detail}',
      en: 'A value at line {line}, column {column} of the template cannot be processed: {detail}',
    },
    mend: {
      'zh-CN': '检查这里的过滤器是否适合这个值，例如 money 只接受金额',
      en: 'Check that the filter there suits the value: money, for one, takes an amount',
    },
  },
  'blank-message': {
    status: 422,
    message: {
      'zh-CN': '这位客户的文案是空的',
      en: 'The text comes to nothing for this customer',
    },
    mend: {
      'zh-CN': '给文案里的条件补上 else，让每位客户都有话可读',
      en: 'Give the conditions of the text an else, so that everybody has something to read',
    },
  },
  'template-too-heavy': {
    status: 422,
    message: {
      'zh-CN': '模板太长，或循环太多，无法在限度内生成',
      en: 'The template is too long or loops too much to be rendered within its limits',
    },
    mend: { 'zh-CN': '缩短模板，或减少循环的次数', en: 'Shorten the template, or make its loops smaller' },
  },
} as const satisfies Record<string, ErrorEntry>

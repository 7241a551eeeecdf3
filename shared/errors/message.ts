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
  'attachment-blank': {
    status: 422,
    message: {
      'zh-CN': '第 {number} 个附件的“{part}”是空的',
      en: 'The “{part}” of attachment {number} is empty',
    },
    mend: {
      'zh-CN': '填上它，或删掉这个附件；用变量时给一个默认值',
      en: 'Fill it in or remove the attachment; a variable may have a default',
    },
  },
  'not-web-address': {
    status: 422,
    message: { 'zh-CN': '“{found}”不是网址', en: '“{found}” is no web address' },
    mend: {
      'zh-CN': '写成以 https:// 开头的完整网址，不带用户名和密码',
      en: 'Write it in full, beginning with https://, without user name and password',
    },
  },
  'asset-unknown': {
    status: 422,
    message: { 'zh-CN': '素材库里没有“{asset}”', en: 'There is no asset “{asset}”' },
    mend: {
      'zh-CN': '到“素材”里上传它，或另选一张图片',
      en: 'Upload it under “Assets”, or choose another picture',
    },
  },
  'content-closed': {
    status: 422,
    message: {
      'zh-CN': '“{variable}”不在有效期内',
      en: '"{variable}" is not within its dates',
    },
    mend: {
      'zh-CN': '在内容库里改它的日期，或换一个还有效的优惠',
      en: 'Change its dates in the content library, or show another offer',
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
  'value-not-date': {
    status: 422,
    message: {
      'zh-CN': '“{variable}”的值“{value}”认不出是哪一天',
      en: 'It cannot be told what day "{value}", the value of "{variable}", is',
    },
    mend: {
      'zh-CN':
        '把它改成 2026-08-19、20260819 或 2026年8月19日 这样的日期；若是表格软件的天数，请在客户属性里把类型设为日期',
      en: 'Write it as 2026-08-19, 20260819 or Aug 19, 2026; if it is a spreadsheet’s count of days, declare the attribute a date',
    },
  },
  'value-not-number': {
    status: 422,
    message: {
      'zh-CN': '“{variable}”的值“{value}”不能拿来计算',
      en: '"{value}", the value of "{variable}", cannot be reckoned with',
    },
    mend: {
      'zh-CN': '计算只接受数字，除数不能是 0；补全客户资料，或在过滤器后加上默认值',
      en: 'Arithmetic takes numbers, and nothing can be divided by 0; complete the data, or end with a default',
    },
  },
  'value-not-amount': {
    status: 422,
    message: {
      'zh-CN': '“{variable}”的值“{value}”不是金额：money 需要以最小货币单位（如分）计的整数',
      en: '"{value}", the value of "{variable}", is no amount: money takes a whole number of the smallest unit, such as cents',
    },
    mend: {
      'zh-CN': '如果它以元计，先乘以 100：{{ {variable} | times: 100 | money }}',
      en: 'If it counts main units, multiply first: {{ {variable} | times: 100 | money }}',
    },
  },
  'unknown-date-format': {
    status: 422,
    message: {
      'zh-CN': '模板第 {line} 行第 {column} 列的日期格式“{format}”认不出，客户会原样读到它',
      en: 'The date format "{format}" at line {line}, column {column} is not known and would be read as it stands',
    },
    mend: {
      'zh-CN':
        "用 %Y 年、%m 月、%d 日、%H 时、%M 分，如 date: '%Y-%m-%d' 或 date: '%-m月%-d日'；百分号本身写作 %%",
      en: "Use %Y, %m, %d, %H and %M, as in date: '%Y-%m-%d' or date: '%b %-d'; a percent sign itself is %%",
    },
  },
  'filter-arguments': {
    status: 422,
    message: {
      'zh-CN': '模板第 {line} 行第 {column} 列：过滤器 {filter} 的参数不对，应为：{expected}',
      en: 'Line {line}, column {column}: the filter {filter} has the wrong arguments; it takes: {expected}',
    },
    mend: {
      'zh-CN': '补上缺少的参数，或删去多余的；多余的参数不会起作用',
      en: 'Add what is missing, or take away what is too much: it would have no effect',
    },
  },
  'broken-text': {
    status: 422,
    message: {
      'zh-CN': '文案里有残缺或看不见的控制字符（{found}），手机上会显示成乱码',
      en: 'The text holds a broken or control character ({found}), which a phone shows as rubbish',
    },
    mend: {
      'zh-CN': '查看是哪个值带进来的：截断过的昵称、编码不对的文件或接口数据',
      en: 'See which value brought it in: a name that was cut, a file in another encoding, data from an API',
    },
  },
  'leaked-value': {
    status: 422,
    message: {
      'zh-CN': '文案里出现了程序里的空值“{found}”',
      en: 'The text holds "{found}", as programs write it where there is no value',
    },
    mend: {
      'zh-CN': '清理客户资料里写着 {found} 的值，或给变量加上默认值',
      en: 'Clear the values that say {found} from the data, or give the variable a default',
    },
  },
  'invalid-json': {
    status: 422,
    message: {
      'zh-CN': '填入这位客户的值以后，请求体不是合法的 JSON：{detail}',
      en: 'With the values of this customer the body is no valid JSON: {detail}',
    },
    mend: {
      'zh-CN': '文本值放在双引号里，如 "name": "{{ customer.name }}"；整段值用 | json',
      en: 'Put text values in quotes, as in "name": "{{ customer.name }}", or write a whole value with | json',
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
  'template-too-long-to-run': {
    status: 422,
    message: {
      'zh-CN': '模板循环太多，生成这段文案要超过 {limit} 步',
      en: 'The template loops too much: its text takes more than {limit} steps',
    },
    mend: {
      'zh-CN': '减少循环的次数，或在循环里少做一些',
      en: 'Make its loops shorter, or do less within them',
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

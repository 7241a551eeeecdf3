import type { ErrorEntry } from './entry.ts'

/** Files of customers and orders that cannot be read. */
export const imports = {
  'file-unreadable': {
    status: 422,
    message: { 'zh-CN': '无法读取 {file}：{detail}', en: '{file} cannot be read: {detail}' },
    mend: { 'zh-CN': '检查它是不是文件，以及读取权限', en: 'Check that it is a file that may be read' },
  },
  'csv-empty': {
    status: 422,
    message: { 'zh-CN': '文件是空的', en: 'The file is empty' },
    mend: {
      'zh-CN': '第一行要写列名，之后每行一条',
      en: 'Its first line names the columns, then one row each',
    },
  },
  'csv-other-format': {
    status: 422,
    message: {
      'zh-CN': '这个文件是 {format}，不是 CSV，后缀改成 .csv 也读不了',
      en: 'The file is {format} and no CSV, whatever its name ends in',
    },
    mend: {
      'zh-CN': '压缩包先解压；其他文件在表格软件里打开，另存为“CSV UTF-8”，再导入',
      en: 'Unpack it if it is packed; else open it in a spreadsheet, save it as “CSV UTF-8” and import that',
    },
  },
  'csv-encoding': {
    status: 422,
    message: {
      'zh-CN': '第 {line} 行的文字不是所用的编码，认不出来',
      en: 'The text of line {line} is not in the encoding in which it is read',
    },
    mend: {
      'zh-CN': '选别的编码，或在表格软件里另存为“CSV UTF-8”',
      en: 'Choose another encoding, or save it as “CSV UTF-8” in the spreadsheet',
    },
  },
  'csv-cut': {
    status: 422,
    message: {
      'zh-CN': '文件在第 {line} 行断在一个字的中间，像是没有传完',
      en: 'The file breaks off within a character of line {line}, as if it had not been copied to its end',
    },
    mend: {
      'zh-CN': '重新导出或重新传一份完整的文件',
      en: 'Export or copy the whole file again',
    },
  },
  'csv-line-long': {
    status: 422,
    message: {
      'zh-CN': '第 {line} 行太长，超过 {limit} 个字符',
      en: 'Line {line} is longer than {limit} characters',
    },
    mend: {
      'zh-CN': '检查文件的换行，每位客户或每笔订单应占一行',
      en: 'Check its line breaks: each customer or order has a line of its own',
    },
  },
  'csv-wide': {
    status: 422,
    message: {
      'zh-CN': '第 {line} 行有 {columns} 列，最多能导入 {limit} 列',
      en: 'Line {line} has {columns} columns, and no more than {limit} can be imported',
    },
    mend: {
      'zh-CN': '只留下需要的列，或检查分隔符',
      en: 'Leave only the columns that you need, or check the delimiter',
    },
  },
  'csv-header': {
    status: 422,
    message: { 'zh-CN': '表头的引号不成对', en: 'A quotation mark of the header is not closed' },
    mend: { 'zh-CN': '检查第 {line} 行之前的引号', en: 'Check the quotation marks up to line {line}' },
  },
  'csv-no-such-line': {
    status: 422,
    message: {
      'zh-CN': '第 {line} 行没有内容，不能当表头',
      en: 'Line {line} holds nothing that could be the header',
    },
    mend: { 'zh-CN': '选写着列名的那一行', en: 'Choose the line that names the columns' },
  },
  'csv-missing-column': {
    status: 422,
    message: { 'zh-CN': '缺少必需的列：{columns}', en: 'Required columns are missing: {columns}' },
    mend: { 'zh-CN': '补上这些列，或把已有的列对应过去', en: 'Add them, or map columns of the file to them' },
  },
  'csv-mapping': {
    status: 422,
    message: { 'zh-CN': '“{column}”列不能对应到“{field}”', en: 'Column “{column}” cannot become “{field}”' },
    mend: {
      'zh-CN': '每列选一个字段、属性或忽略；一个字段只用一列，属性不能与字段同名',
      en: 'Choose a field, attribute or ignore; no field twice, no attribute named as a field',
    },
  },
  'map-unreadable': {
    status: 422,
    message: {
      'zh-CN': '对应列的文件 {file} 读不出来：{detail}',
      en: 'The map {file} cannot be read: {detail}',
    },
    mend: {
      'zh-CN': '写成 JSON：{"列名": "字段"}，或 {"列名": {"as": "attribute", "type": "date"}}',
      en: 'Write JSON: {"column": "field"}, or {"column": {"as": "attribute", "type": "date"}}',
    },
  },
  'import-cancelled': {
    status: 409,
    message: { 'zh-CN': '导入已取消', en: 'The import was cancelled' },
    mend: {
      'zh-CN': '已写入的行保留；再导入一次会接着完成',
      en: 'Rows written stay; import it again to go on',
    },
  },
} as const satisfies Record<string, ErrorEntry>

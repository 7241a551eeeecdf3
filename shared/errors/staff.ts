import type { ErrorEntry } from './entry.ts'

/** Staff, teams, and who has whom. */
export const staff = {
  'no-such-staff': {
    status: 422,
    message: { 'zh-CN': '没有工号为 {staff} 的员工', en: 'There is nobody with the staff number {staff}' },
    mend: { 'zh-CN': '先添加这位员工，或检查工号', en: 'Add them first, or check the number' },
  },
  'no-such-team': {
    status: 422,
    message: { 'zh-CN': '没有编号为 {team} 的团队', en: 'There is no team {team}' },
    mend: { 'zh-CN': '先添加这个团队，或检查编号', en: 'Add the team first, or check its key' },
  },
  'staff-too-many': {
    status: 409,
    message: {
      'zh-CN': '员工已经有 {limit} 名，不能再加',
      en: 'There are {limit} members of staff, and no more can be kept',
    },
    mend: {
      'zh-CN': '删除已经离开、名下没有客户的员工',
      en: 'Remove those who have left and have no customers',
    },
  },
  'teams-too-many': {
    status: 409,
    message: {
      'zh-CN': '团队已经有 {limit} 个，不能再加',
      en: 'There are {limit} teams, and no more can be kept',
    },
    mend: { 'zh-CN': '删除不用的团队', en: 'Remove teams that are not used' },
  },
  'staff-has-customers': {
    status: 409,
    message: {
      'zh-CN': '{name} 名下还有 {customers} 位客户，不能删除',
      en: '{name} still has {customers} {customers:customer|customers} and cannot be removed',
    },
    mend: { 'zh-CN': '先用“交接”把客户交给别人', en: 'Hand the customers over first' },
  },
  'staff-file-unreadable': {
    status: 422,
    message: { 'zh-CN': '这个文件读不成表格：{why}', en: 'The file cannot be read as a table: {why}' },
    mend: {
      'zh-CN': '存成 UTF-8 的 CSV，第一行写列名：{columns}',
      en: 'Save it as CSV in UTF-8, its first line the names of the columns: {columns}',
    },
  },
  'staff-only': {
    status: 403,
    message: { 'zh-CN': '员工账号看不到这里', en: 'A staff login may not see this' },
    mend: { 'zh-CN': '请管理员来做，或回到“任务”', en: 'Ask the owner, or go back to the tasks' },
  },
} as const satisfies Record<string, ErrorEntry>

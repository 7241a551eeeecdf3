import type { ErrorEntry } from './entry.ts'

/** Settings. */
export const settings = {
  'set-by-environment': {
    status: 409,
    message: { 'zh-CN': '这项设置由环境变量决定', en: 'This setting comes from the environment' },
    mend: {
      'zh-CN': '改环境变量 {setting}，再重新启动',
      en: 'Change {setting} in the environment and start again',
    },
  },
  'setting-invalid': {
    status: 500,
    message: {
      'zh-CN': '环境变量 {setting} 不合要求：{detail}',
      en: 'The environment variable {setting} is not valid: {detail}',
    },
    mend: { 'zh-CN': '改正 {setting}，再重新启动', en: 'Correct {setting} and start again' },
  },
  'port-taken': {
    status: 500,
    message: { 'zh-CN': '端口 {port} 已被占用', en: 'Port {port} is taken by another program' },
    mend: {
      'zh-CN': '停掉占用它的程序，或换一个端口：PORT={other} npm start',
      en: 'Stop that program, or choose another port: PORT={other} npm start',
    },
  },
} as const satisfies Record<string, ErrorEntry>

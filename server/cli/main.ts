import { keepToOwner } from '../store/sqlite/files.ts'
import { runCli } from './index.ts'

keepToOwner()
const language = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''

process.exitCode = await runCli(process.argv.slice(2), {
  interactive: process.stderr.isTTY === true,
  locale: language.startsWith('zh') ? 'zh-CN' : 'en',
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})

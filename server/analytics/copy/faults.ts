import { Problem } from '../../../shared/errors/index.ts'
import { systemCodeOf } from '../../ports/trouble.ts'

/** What an error of DuckDB means for the copy, by how its message begins or what it says. */
const meanings = {
  /** The disk cannot take it, or what it sets aside has reached its bound. */
  'no-room': /no space left|ENOSPC|EDQUOT|disk quota|failed to offload data block|max_temp_directory_size/i,
  /** It needs more memory than it may take. */
  'too-large': /^out of memory error|failed to allocate|could not allocate/i,
  /** Another process has the file. */
  held: /could not set lock on file|conflicting lock|being used by another process/i,
  /** Somebody has ended it. */
  ended: /^interrupt error|interrupted!/i,
  /** The question itself is wrong, and the copy is not. */
  question: /^(binder|parser|catalog|conversion|invalid input|not implemented|out of range|syntax) error/i,
} as const satisfies Record<string, RegExp>

/** `damaged`: what none of the others explains is taken for the file's fault, which is made anew. */
export type CopyFault = keyof typeof meanings | 'damaged'

const names = Object.keys(meanings) as (keyof typeof meanings)[]

export function faultOf(error: unknown): CopyFault {
  const message = error instanceof Error ? `${error.message} ${systemCodeOf(error)}` : String(error)
  return names.find((name) => meanings[name].test(message)) ?? 'damaged'
}

/** How somebody who asks is told of it. */
export function problemOf(error: unknown, megabytes: number): Problem {
  if (error instanceof Problem) return error
  const fault = faultOf(error)
  if (fault === 'no-room') return new Problem('copy-no-room')
  if (fault === 'too-large') return new Problem('work-too-large', { megabytes })
  const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return new Problem('copy-failed', { detail: detail.slice(0, 300) })
}

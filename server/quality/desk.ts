import type { ImportAnswer } from '../../shared/api/imports.ts'
import type { QualityAnswer, QualityRefusal } from '../../shared/api/quality.ts'
import { errors } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { LocalText } from '../../shared/text.ts'
import { reasons } from '../imports/index.ts'
import type { Desk } from '../ports/desk.ts'
import type { RefusedRows } from '../ports/quality.ts'

const dayMs = 86_400_000
/** So many of the latest imports are looked at. */
const importsLooked = 100

const words: ReadonlyMap<string, LocalText> = new Map<string, LocalText>([
  ...Object.entries(errors).map(([code, { message }]) => [code, message] as const),
  ...Object.entries(reasons),
])
const blank = (text: string) => text.replaceAll(/\{\w+\}/g, '…')

/** Why rows were refused, of all of them: without the words of any one. */
function reasonOf(code: string): LocalText {
  const found = words.get(code)
  return found === undefined
    ? { 'zh-CN': code, en: code }
    : { 'zh-CN': blank(found['zh-CN']), en: blank(found.en) }
}

const untold = 'untold'
const untoldReason: LocalText = {
  'zh-CN': '其余的行（报告只列出前 1,000 行的原因）',
  en: 'The other rows (a report tells why of the first 1,000)',
}

/** The rows of an import that did not enter, by reason. */
function ofImport({
  id,
  file,
  kind,
  rejected,
  rejections,
  startedAt,
  finishedAt,
}: ImportAnswer): QualityRefusal[] {
  const counts = new Map<string, number>()
  for (const { code } of rejections) counts.set(code, (counts.get(code) ?? 0) + 1)
  if (rejected > rejections.length) counts.set(untold, rejected - rejections.length)
  return [...counts].map(([code, count]) => ({
    ...{ from: 'import', name: file, importId: id, kind, code, count, lastAt: finishedAt ?? startedAt },
    reason: code === untold ? untoldReason : reasonOf(code),
  }))
}

const ofApi = ({ caller, kind, code, count, lastAt }: RefusedRows): QualityRefusal => ({
  ...{ from: 'api', name: caller, importId: null, kind, code, reason: reasonOf(code), count, lastAt },
})

/** What of the incoming data does not look right, over everybody and all that they did. */
export async function readQuality(
  desk: Pick<Desk, 'stores' | 'now' | 'brand'>,
  { realNow }: { readonly realNow: number },
): Promise<QualityAnswer> {
  const since = realNow - limits.refusedKept.value * dayMs
  const { stores } = desk
  const now = desk.now()
  const looked = await stores.quality.look({ now, zone: desk.brand().zone })
  const { imports } = await stores.imports.latest(importsLooked)
  const refusals = [
    ...imports.filter(({ startedAt }) => startedAt >= since).flatMap(ofImport),
    ...(await stores.quality.refused(since)).map(ofApi),
  ]
  return { at: now, ...looked, refusals: refusals.sort((a, b) => b.count - a.count) }
}

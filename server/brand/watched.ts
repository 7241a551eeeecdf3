import { channelOf } from '../../shared/channels/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Signs } from '../ports/signs.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { restoredState } from '../store/sqlite/lives/restored.ts'
import { listHalts } from '../store/sqlite/messages/halts.ts'

/** Channels as a sign names them. */
export function named(ids: readonly string[]): LocalText {
  const names = [...new Set(ids)].map((id) => channelOf(id).name)
  return {
    'zh-CN': names.map((name) => name['zh-CN']).join('、'),
    en: names.map((name) => name.en).join(', '),
  }
}

/** What of a brand's messages waits for a person, told among the signs; answers how to end that. */
export function watchMessages(signs: Signs, brand: string, db: BrandDatabase): readonly (() => void)[] {
  const rests = () => {
    const halts = listHalts(db).filter(({ mend }) => mend === 'person')
    if (halts.length === 0) return null
    return {
      channels: named(halts.map(({ channel }) => channel)),
      count: halts.reduce((sum, { waiting }) => sum + waiting, 0),
    }
  }
  const restored = () => {
    const found = restoredState(db)
    return found === null || found.decided ? null : { count: found.waiting }
  }
  return [signs.watch('channel-rests', brand, rests), signs.watch('data-restored', brand, restored)]
}

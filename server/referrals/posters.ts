import { assetIn } from '../../shared/assets/asset.ts'
import type { ReferralDefinition } from '../../shared/referrals/definition.ts'
import { type Locale, say } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'
import { landingWords } from './landing-words.ts'
import { drawPoster } from './poster.ts'

export interface PosterOf {
  readonly referral: ReferralDefinition
  readonly revision: number
  readonly url: string
  readonly locale: Locale
}

/** So many are kept: of each about 100 kB. */
const kept = 200

/** Posters that have been drawn, those that were asked for last. */
export class Posters {
  readonly #drawn = new Map<string, Promise<Buffer>>()

  /** Problem `referral-picture-no-font`. */
  draw(desk: Desk, { referral, revision, url, locale }: PosterOf): Promise<Buffer> {
    const { name, assets = [] } = desk.brand()
    const { page } = referral
    const asset = page.picture === null ? undefined : assetIn(assets, page.picture)
    const key = [desk.id, referral.key, revision, url, locale, say(name, locale), asset?.hash ?? ''].join(
      '\n',
    )
    const known = this.#drawn.get(key)
    this.#drawn.delete(key)
    const drawing =
      known ??
      (async () => {
        const file = asset === undefined ? null : await desk.stores.assets.file(asset.hash)
        const words = {
          brand: say(name, locale),
          title: say(page.title, locale),
          text: say(page.text, locale),
          scan: landingWords.scan[locale],
        }
        return drawPoster({ words, url, picture: file?.data ?? null })
      })()
    this.#drawn.set(key, drawing)
    // One that could not be drawn is tried anew by whoever asks next.
    drawing.catch(() => this.#drawn.delete(key))
    const [oldest] = this.#drawn.keys()
    if (this.#drawn.size > kept && oldest !== undefined) this.#drawn.delete(oldest)
    return drawing
  }
}

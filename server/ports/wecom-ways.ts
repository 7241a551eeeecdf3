import type { ContactWay, WayChange, WayDraft } from '../../shared/api/wecom-ways.ts'
import type { Act, Changes } from './acts.ts'

/** A QR code as WeCom knows it. */
export interface WayMade {
  readonly configId: string
  /** Where WeCom shows its picture; null where it said nothing of one. */
  readonly qrUrl: string | null
}

/** What is kept of one. */
export interface KeptWay extends WayDraft {
  readonly id: number
  readonly made: WayMade | null
  /** Its picture among the brand's; null where there is none. */
  readonly picture: string | null
  /** In real time. */
  readonly madeAt: number
}

export type WayChanges = Changes<{
  /** Before WeCom is asked, so that one whose answer is lost is known. Answers its number. Problem `wecom-source-taken`. */
  add(act: Act, draft: WayDraft): Promise<number>
  made(act: Act, id: number, made: WayMade & { readonly picture: string | null }): Promise<void>
  change(act: Act, id: number, change: WayChange): Promise<void>
  remove(act: Act, id: number): Promise<void>
}>

/** QR codes by which customers add employees. */
export interface WayStore extends WayChanges {
  list(): Promise<readonly ContactWay[]>
  /** Problem `not-found`. */
  seen(id: number): Promise<ContactWay>
  /** Problem `not-found`. */
  get(id: number): Promise<KeptWay>
  /** Which of WeCom's numbers are of a code that is known. */
  known(configIds: readonly string[]): Promise<ReadonlySet<string>>
}

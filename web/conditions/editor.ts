import { createContext, useContext, useMemo } from 'react'
import { useStore } from 'zustand'
import type { KeptAsset } from '../../shared/api/assets.ts'
import type { MailLayoutAnswer } from '../../shared/api/mails.ts'
import type {
  PreviewAnswer,
  PreviewRequest,
  TestCallAnswer,
  TestCallRequest,
} from '../../shared/api/preview.ts'
import type { StaffList } from '../../shared/api/staff.ts'
import type { KnownAttributes, KnownNames } from '../../shared/compile/index.ts'
import type { SavedAudience } from '../../shared/conditions/audiences.ts'
import { couponOf } from '../../shared/coupons/definition.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import type { MailDocument } from '../../shared/mail/blocks.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { DocumentStore } from '../store/document.ts'
import type { Lists } from '../ui/ListFile.tsx'

/** What forms know beyond their own configuration; given by the page. */
export interface Editor {
  readonly document: DocumentStore
  readonly brand: Brand
  /** The brand's time, epoch ms. */
  readonly now: number
  /** Whether a model is configured; without one the written text is sent. */
  readonly ai: boolean
  /** Channels whose messages would stay queued because nobody has set them up; none in a sandbox. */
  readonly absentChannels: ReadonlySet<string>
  /** The brand's SMS signature; null in a sandbox, where it reaches no operator. */
  readonly signature: string | null
  /** What the brand's fields hold; null until it is known. */
  readonly attributes: KnownAttributes | null
  /** What the brand's customers have and have done; null until it is known. */
  readonly names: KnownNames | null
  /** The brand's saved audiences; null until they are known. */
  readonly saved: SavedAudience | null
  /** Sends customers in by a manual entry; null while no version is live. */
  readonly enter:
    | ((customerIds: readonly string[]) => Promise<{ readonly entered: number; readonly refused: number }>)
    | null
  /** The brand's journeys; null until they are known. */
  readonly journeys: readonly { readonly id: string; readonly name: WrittenText }[] | null
  /** Who works for the brand; null until it is known. */
  readonly staff: Pick<StaffList, 'staff' | 'teams'> | null
  readonly readJourney: (id: string, signal: AbortSignal) => Promise<Journey>
  /** Lets in the customers of a file, and tells what became of it; null while no version is live. */
  readonly lists: Lists | null
  readonly preview: (request: PreviewRequest, signal: AbortSignal) => Promise<PreviewAnswer>
  /** The pictures of the brand's store; none until they are known. */
  readonly pictures: readonly KeptAsset[]
  /** Takes a picture into the brand's store; resolves once it is among the brand's. */
  readonly addPicture: (file: File) => Promise<KeptAsset>
  /** Lays out the blocks of a mail. */
  readonly layOutMail: (
    request: { readonly document: MailDocument },
    signal: AbortSignal,
  ) => Promise<MailLayoutAnswer>
  /** Makes a node's call to another system once. */
  readonly tryCall: (request: TestCallRequest) => Promise<TestCallAnswer>
}

export const EditorContext = createContext<Editor | null>(null)

export function useEditor(): Editor {
  const editor = useContext(EditorContext)
  if (editor === null) throw new Error('a node is edited outside an EditorContext')
  return editor
}

/** What other journeys are called, null for one that is gone; undefined where that is not known. */
export function useJourneyName(): ((id: string) => WrittenText | null) | undefined {
  const journeys = useContext(EditorContext)?.journeys ?? null
  return useMemo(
    () => (journeys === null ? undefined : (id) => journeys.find((one) => one.id === id)?.name ?? null),
    [journeys],
  )
}

/** What the brand's coupons are called, null for one that is gone; undefined where that is not known. */
export function useCouponName(): ((key: string) => WrittenText | null) | undefined {
  const coupons = useContext(EditorContext)?.brand.coupons
  return useMemo(
    () => (coupons === undefined ? undefined : (key) => couponOf(coupons, key)?.name ?? null),
    [coupons],
  )
}

/** A part of the journey; the caller is drawn again only when that part changes. */
export function useJourney<T>(part: (journey: Journey) => T): T {
  const { document } = useEditor()
  return useStore(document, ({ journey }) => part(journey))
}

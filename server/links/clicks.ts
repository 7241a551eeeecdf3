import type { Logger } from 'pino'
import type { IncomingEvent, TakenEvents } from '../ports/events.ts'
import type { FollowedLink, LinkStore, Pressed } from '../ports/links.ts'

/** A brand whose links are pressed. */
export interface LinkDesk {
  readonly id: string
  readonly stores: { readonly links: LinkStore }
  now(): number
  ingest(events: readonly IncomingEvent[]): Promise<TakenEvents>
}

export interface Clicks {
  /** Notes that a link was pressed: by a person, or by the program of that name. */
  note(desk: LinkDesk, link: FollowedLink, robot: string | null): void
  /** Writes what was noted; resolves once it is. */
  flush(): Promise<void>
}

/** So long a press waits for others, that they are written together. */
const gatherMs = 200
/** So many at once are written without waiting. */
const enough = 500
const dayMs = 86_400_000

interface Noted {
  readonly counted: Map<string, Pressed>
  readonly events: Map<string, IncomingEvent>
}

/** A press as the event that it is: of one link once a day, however often it is pressed. */
function eventOf({ code, customerId, messageId, channel, target }: FollowedLink, at: number): IncomingEvent {
  const id = `click-${code}-${Math.floor(at / dayMs)}`
  const properties = { message_id: String(messageId), channel, text: target, link: target }
  return { customerId, event: { id, name: 'message_clicked', at, amount: null, properties } }
}

/** Whoever presses is led on at once; what it means is written a moment later, with what others have pressed. */
export function createClicks(log: Pick<Logger, 'error'> | null): Clicks {
  const noted = new Map<LinkDesk, Noted>()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const ofDesk = (desk: LinkDesk): Noted => {
    const known = noted.get(desk)
    if (known !== undefined) return known
    const fresh: Noted = { counted: new Map(), events: new Map() }
    noted.set(desk, fresh)
    return fresh
  }

  const writeOne = async (desk: LinkDesk, { counted, events }: Noted): Promise<void> => {
    try {
      await desk.stores.links.count([...counted.values()])
      if (events.size > 0) await desk.ingest([...events.values()])
    } catch (error) {
      log?.error({ brand: desk.id, error: String(error) }, 'clicks could not be written')
    }
  }

  const write = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const taken = [...noted]
    noted.clear()
    for (const [desk, one] of taken) await writeOne(desk, one)
  }

  const flush = (): Promise<void> => {
    writing = writing.then(write)
    return writing
  }

  return {
    note(desk, link, robot) {
      const at = desk.now()
      const { counted, events } = ofDesk(desk)
      const before = counted.get(link.code)
      const people = (before?.people ?? 0) + (robot === null ? 1 : 0)
      const robots = (before?.robots ?? 0) + (robot === null ? 0 : 1)
      counted.set(link.code, { code: link.code, people, robots, at: before?.at ?? at })
      if (robot === null) {
        const event = eventOf(link, at)
        if (!events.has(event.event.id)) events.set(event.event.id, event)
      }
      if (counted.size >= enough) void flush()
      else timer ??= setTimeout(() => void flush(), gatherMs)
    },
    flush,
  }
}

/** What customers do between purchases that tells how near the next one is: the events of each kind. */
export const touchKinds = {
  /** Looks at pages and goods, in the shop or the app. */
  visits: ['page_viewed', 'page_view', 'product_viewed', 'searched', 'app_open', 'logged_in'],
  carts: ['product_added', 'add_to_cart', 'product_favorited', 'cart', 'cart_viewed', 'checkout_started'],
  opens: ['message_opened'],
  clicks: ['message_clicked', 'message_replied'],
} as const satisfies Record<string, readonly string[]>
export type TouchKind = keyof typeof touchKinds

const isKind = (name: string): name is TouchKind => Object.hasOwn(touchKinds, name)
export const touchKindNames = Object.keys(touchKinds).filter(isKind)

const kinds: ReadonlyMap<string, TouchKind> = new Map(
  touchKindNames.flatMap((kind) => touchKinds[kind].map((event) => [event, kind] as const)),
)
/** Which kind of touch an event is; null where it is none. */
export const touchKindOf = (event: string): TouchKind | null => kinds.get(event) ?? null
export const touchEvents: readonly string[] = [...kinds.keys()]

/** Touches are counted so many days back: what was looked at long ago tells nothing of the weeks to come. */
export const touchDays = 30
/** Habits are told by what was touched so many days back. */
export const habitDays = 365

/** How often something was touched, by kind. */
export type TouchCounts = Readonly<Record<TouchKind, number>>
export const noTouches: TouchCounts = { visits: 0, carts: 0, opens: 0, clicks: 0 }

/** What was touched: a message that was sent, by its number, or a page or product, by how it is called. */
export const contentKinds = ['message', 'page'] as const
export type ContentKind = (typeof contentKinds)[number]

export interface Touched extends TouchCounts {
  readonly content: ContentKind
  readonly key: string
}

/** Properties by which an event names what was touched, the first that is there; longer texts are no names. */
export const contentNames = {
  message: ['message_id'],
  page: ['title', 'product', 'url'],
} as const satisfies Record<ContentKind, readonly string[]>
export const longestContent = 200
/** So many of what was touched most are kept of each customer. */
export const mostTouched = 5

/** What an event was about; null where it does not say. */
export function contentOf(
  kind: TouchKind,
  properties: Readonly<Record<string, unknown>>,
): Pick<Touched, 'content' | 'key'> | null {
  const content = kind === 'opens' || kind === 'clicks' ? 'message' : 'page'
  for (const name of contentNames[content]) {
    const value = properties[name]
    const key = typeof value === 'number' ? String(value) : value
    if (typeof key === 'string' && key !== '' && [...key].length <= longestContent) return { content, key }
  }
  return null
}

/** Between which hours somebody is said to do something at night: from the first, to before the second. */
export const nightHours = { from: 21, to: 5 } as const
export const isNight = (hour: number): boolean => hour >= nightHours.from || hour < nightHours.to

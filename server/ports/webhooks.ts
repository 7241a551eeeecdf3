import type { z } from 'zod'
import type {
  Delivery,
  DeliveryList,
  deliveryAnswer,
  deliveryQuery,
  Webhook,
  WebhookSave,
} from '../../shared/api/webhooks.ts'
import type { Act, Changes } from './acts.ts'

type Changing = Changes<{
  /** Problem `webhooks-too-many`. */
  make(act: Act, made: WebhookSave & { readonly id: string; readonly secret: string }): Promise<Webhook>
  /** Problem `not-found`. */
  change(act: Act, id: string, saved: WebhookSave): Promise<Webhook>
  /** Its deliveries go with it. Problem `not-found`. */
  remove(act: Act, id: string): Promise<void>
  /** The former secret signs as well, until `oldUntil`. Problem `not-found`. */
  renewSecret(act: Act, id: string, secret: string, oldUntil: number): Promise<Webhook>
  /** A notice that tells of nothing. Problem `not-found`, `webhook-off`, `webhook-sandbox`. */
  test(act: Act, id: string, notice: OwnNotice): Promise<Delivery>
  /** Problem `not-found`, `webhook-off`, `webhook-sandbox`. */
  resend(act: Act, id: string, delivery: number, sandbox: boolean): Promise<Delivery>
  /** Sends again what it wants of all that was noticed from then on; answers how much that is. Problems as before, `webhook-replay-too-many`. */
  replay(act: Act, id: string, since: number, sandbox: boolean): Promise<number>
}>

export interface OwnNotice {
  readonly id: string
  readonly body: string
  readonly sandbox: boolean
}

/** Where other systems are told of what happens, and what became of that. */
export interface WebhookStore extends Changing {
  /** The newest last. */
  list(): Promise<Webhook[]>
  /** Problem `not-found`. */
  deliveries(id: string, query: z.output<typeof deliveryQuery>): Promise<DeliveryList>
  /** Problem `not-found`. */
  delivery(id: string, delivery: number): Promise<z.output<typeof deliveryAnswer>>
}

/** A delivery that is to be made now. */
export interface DueDelivery {
  readonly id: number
  readonly endpointId: string
  readonly messageId: string
  readonly url: string
  readonly allowPrivate: boolean
  readonly body: string
  /** The newest first. */
  readonly secrets: readonly string[]
}

/** How an attempt ended. */
export interface Attempt {
  readonly delivery: Pick<DueDelivery, 'id' | 'endpointId' | 'messageId'>
  readonly end: 'taken' | 'failed' | 'gone'
  /** null: there was no answer. */
  readonly status: number | null
  readonly error: string | null
  readonly answer: string | null
  readonly ms: number
  /** For how long it asked to be left alone. */
  readonly afterMs: number | null
}

export interface Gathering {
  /** On the brand's clock. */
  readonly now: number
  readonly realNow: number
  readonly sandbox: boolean
  readonly newId: () => string
}

/** What the relay works with. */
export interface WebhookOutbox {
  /** Puts up what the endpoints that there are want to be noted. */
  fit(): Promise<void>
  /** Makes notices of what has happened, in its order; answers how much was read. */
  gather(gathering: Gathering): Promise<number>
  /** What is due, of each endpoint as much as it may be given beside what is in hand. */
  due(now: number, inHand: readonly Pick<DueDelivery, 'id' | 'endpointId'>[]): Promise<DueDelivery[]>
  settle(act: Act, attempts: readonly Attempt[]): Promise<void>
  /** The names of the endpoints that were switched off without anybody having asked for it. */
  offByItself(): Promise<readonly string[]>
}

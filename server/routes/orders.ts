import { orderRecord } from '../../shared/api/orders.ts'
import { recordsAnswer } from '../../shared/api/records.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { recordTypes } from '../http/records.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'
import { answerRecords, recordProblems } from './records.ts'

/** Orders as a shop tells them, with their lines and what is given back. */
export function orderRoutes(app: App, context: RouteContext): void {
  app.post(
    '/orders',
    {
      config: { records: true, textsLater: true },
      bodyLimit: limits.recordsBodySize.value,
      schema: {
        summary: 'Tell of orders: one, a list, or a stream',
        description:
          'An order is kept as the event `order` under its number, its lines as the property `items`; waits, goals and journeys hear of it as of any event. The number belongs to one customer: `customerId`, an address, or `by` with any identifier says whom. Sent again as it is it changes nothing; with other values it corrects the order, and goals follow. A refund is an event `refund` of its own; `refunded` says what was given back in all. A refund that names `lines` says of which products how many pieces, and what money, came back: a line that the order does not have, or more of one than is left of it, is left out and told among `faults`, and the rest of the refund is taken. Conditions on `$order_line` know of each line `refunded_quantity`, `net_quantity` and `net_amount`; one given back whole counts no more there. Wherever an order’s amount is asked for or added up, it is what was paid less what was given back; one that was given back whole counts no more. Discounts are in it already: `discount`, `net`, `tax` and `shipping` stand beside it as properties. A status that is no purchase (cancelled, unpaid, refunded) takes back what is known of the order. A customer whom nobody knows is refused or made, as the brand’s settings say. Results as of POST /customers.',
        tags: ['events'],
        consumes: recordTypes,
        params: brandParams,
        record: orderRecord,
        response: { 200: recordsAnswer },
        problems: [...recordProblems],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      return answerRecords(request, reply, { desk, actor: actorOf(context, request), kind: 'orders' })
    },
  )
}

import { type Journey, journeySchema } from '../../shared/journey/graph.ts'

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en })

/** Let in by an event: asks the tier, and waits a day before anything else. */
function startedBy(id: string, event: string): Journey {
  return journeySchema.parse({
    format: 1,
    id,
    name: text('行为旅程', 'Event journey'),
    nodes: {
      told: { type: 'event', name: text('行为', 'Event'), config: { filter: { event, where: [] } } },
      tier: {
        type: 'branch',
        name: text('等级', 'Tier'),
        config: {
          branches: [
            {
              id: 'gold',
              name: text('金卡', 'Gold'),
              when: { kind: 'attribute', name: 'tier', op: 'eq', value: '金卡' },
            },
          ],
        },
      },
      pause: {
        type: 'wait',
        name: text('等一天', 'One day'),
        config: { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } },
      },
      end: { type: 'exit', name: text('结束', 'End'), config: {} },
    },
    edges: {
      told: { entered: 'tier' },
      tier: { gold: 'pause', otherwise: 'pause' },
      pause: { done: 'end' },
    },
  })
}

/** What most of the events are: pages that members look at. */
export const ordinary = 'page_viewed'
/** What lets a member into a journey. */
export const starting = 'cart_abandoned'

export const listeningJourney = startedBy('listening', starting)

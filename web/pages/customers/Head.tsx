import { Tooltip, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { entryOf } from '../../../shared/models/scores.ts'
import { Money } from '../../ui/figures.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { StatusDot, type Tone } from '../../ui/StatusDot.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { sayScore } from '../models/words.ts'
import styles from './Head.module.css'
import { headParts, type PartProps } from './panels.tsx'
import { type Reach, reachOf } from './reach.ts'

/** Who it is, how they can be reached, and the few figures that tell most. */
export function Head({ data, actions }: PartProps & { actions: ReactNode }) {
  const { t } = useTranslation('customers')
  const { customer } = data
  const name = customer.name ?? t('nameless')
  return (
    <section className={styles.head} data-testid="customer-head">
      <div className={styles.top}>
        <span className={styles.face} aria-hidden>
          {[...(customer.name ?? '?')].slice(0, 1).join('')}
        </span>
        <div className={styles.who}>
          <p className={styles.name}>
            <strong title={name}>{name}</strong>
            <Standing data={data} />
          </p>
          <Typography.Text type="secondary" className={styles.id ?? ''} copyable={{ text: customer.id }}>
            {customer.id}
          </Typography.Text>
        </div>
        <div className={styles.actions}>{actions}</div>
      </div>
      <Reached customer={customer} />
      {Object.entries(headParts).map(([key, Part]) => (
        <Part key={key} data={data} />
      ))}
      <Figures data={data} />
    </section>
  )
}

/** Attributes by which brands say how high somebody stands with them. */
const tiers = ['tier', 'member_tier', 'member_level', 'vip_level', 'level', '会员等级'] as const

/** The tier that the brand gave, and the stage that the models see. */
function Standing({ data: { customer, scores } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const tier = tiers.map((name) => customer.attributes[name]).find((value) => value !== undefined)
  const stage = scores?.values.find(({ name }) => name === 'score_stage')
  return (
    <>
      {tier === undefined ? null : <span className={styles.badge}>{String(tier)}</span>}
      {stage === undefined ? null : (
        <Tooltip title={format.text(entryOf('score_stage').name)}>
          <span className={styles.badge}>{sayScore(stage.name, stage.value, format)}</span>
        </Tooltip>
      )}
      {customer.blacklisted ? <span className={styles.black}>{t('reach.listed')}</span> : null}
    </>
  )
}

const tones: Record<Reach, Tone> = {
  granted: 'good',
  free: 'good',
  unasked: 'plain',
  noAddress: 'quiet',
  refused: 'bad',
  unsubscribed: 'bad',
  doubtful: 'warn',
  complaint: 'bad',
  block: 'bad',
  hard_bounce: 'bad',
  invalid: 'bad',
}

/** Each channel, and whether the customer may be reached by it. */
function Reached({ customer }: Pick<CustomerAnswer, 'customer'>) {
  const { t } = useTranslation('customers')
  const channel = useChannelName()
  return (
    <ul className={styles.reach} aria-label={t('reach.title')} data-testid="reach">
      {customer.blacklisted ? <li className={styles.never}>{t('reach.blacklisted')}</li> : null}
      {reachOf(customer).map(({ channel: id, reach }) => (
        <li key={id}>
          <span className={styles.channel}>{channel(id)}</span>
          <StatusDot tone={customer.blacklisted ? 'bad' : tones[reach]}>{t(`reach.${reach}`)}</StatusDot>
        </li>
      ))}
    </ul>
  )
}

function Figures({ data: { totals, scores, lastOrderAt, lastMessage } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const channel = useChannelName()
  const propensity = scores?.values.find(({ name }) => name === 'score_propensity')
  const day = (at: number | null) => (at === null ? t('figures.none') : format.time(at, 'shortDate'))
  return (
    <StatTiles>
      <StatTile
        label={t('figures.spent')}
        value={<Money minor={totals.spent} />}
        note={
          totals.orders > 0
            ? t('figures.average', { amount: format.money(Math.round(totals.spent / totals.orders)) })
            : null
        }
      />
      <StatTile label={t('figures.orders')} value={format.count(totals.orders)} />
      <StatTile
        label={t('figures.last')}
        value={day(lastOrderAt)}
        note={lastOrderAt === null ? null : format.time(lastOrderAt, 'full')}
      />
      <StatTile
        label={t('figures.lastMessage')}
        value={day(lastMessage?.at ?? null)}
        note={lastMessage === null ? null : channel(lastMessage.channel)}
      />
      {propensity === undefined ? null : (
        <StatTile
          label={atHead(format.text(entryOf('score_propensity').name))}
          value={sayScore(propensity.name, propensity.value, format)}
          note={t('figures.outOf')}
        />
      )}
    </StatTiles>
  )
}

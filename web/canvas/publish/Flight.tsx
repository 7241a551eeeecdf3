import { Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FlightAnswer } from '../../../shared/api/versions.ts'
import { leftState } from '../../../shared/compile/plan.ts'
import { canStand, fates, groundOf } from '../../../shared/run/move.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import styles from './Flight.module.css'
import type { SaidFate } from './lifecycle.ts'
import { sharedFate } from './useFlight.ts'

interface FlightProps {
  readonly flight: FlightAnswer
  readonly said: SaidFate
  readonly onSay: (said: SaidFate) => void
}

const sumOf = (people: FlightAnswer['people']) => people.reduce((sum, one) => sum + one.people, 0)

/** Who is under way in earlier versions, and what becomes of them: shown before the button, and chosen. */
export function Flight({ flight, said, onSay }: FlightProps) {
  const { t } = useTranslation('publishing')
  const format = useFormat()
  const count = sumOf(flight.people)
  const messages = flight.waiting
  return (
    <section className={styles.flight} data-testid="publish-earlier">
      <h3>{t('flight.title')}</h3>
      <p className={styles.quiet}>
        {t(count > 0 ? 'flight.people' : 'flight.nobody', { count, people: format.count(count) })}
        {messages > 0
          ? ` ${t('flight.messages', { count: messages, messages: format.count(messages) })}`
          : null}
      </p>
      {count === 0 ? null : (
        <>
          <Choice flight={flight} said={said} onSay={onSay} />
          <People flight={flight} said={said} onSay={onSay} />
        </>
      )}
    </section>
  )
}

function Choice({ flight, said, onSay }: FlightProps) {
  const { t } = useTranslation('publishing')
  return (
    <Radio.Group
      className={styles.choice ?? ''}
      aria-label={t('flight.title')}
      value={said.fate ?? sharedFate(flight)}
      onChange={({ target }) => onSay({ fate: target.value })}
    >
      {fates.map((fate) => (
        <Radio key={fate} value={fate} data-testid={`fate-${fate}`}>
          <span>{t(`fates.${fate}.name`)}</span>
          <small>{t(`fates.${fate}.hint`)}</small>
        </Radio>
      ))}
    </Radio.Group>
  )
}

function People({ flight, said, onSay }: FlightProps) {
  const { t } = useTranslation('publishing')
  const format = useFormat()
  const name = useDocument(({ journey }) => journey.nodes)
  return (
    <table className={styles.people}>
      <thead>
        <tr>
          <th>{t('flight.node')}</th>
          <th>{t('flight.count')}</th>
          <th>{t('flight.becomes')}</th>
        </tr>
      </thead>
      <tbody>
        {flight.people.map((one) => {
          const { version, node, people, becomes, to } = one
          const target = to === null ? undefined : name[to]
          const asks = becomes === 'undecided' || Object.hasOwn(said.mapping ?? {}, node)
          return (
            <tr key={`${version} ${node}`} data-testid={`standing-${version}-${node}`}>
              <td>
                {one.name === null ? node : format.text(one.name)} <small>v{version}</small>
              </td>
              <td>{format.count(people)}</td>
              <td>
                {asks ? (
                  <Target node={node} said={said} onSay={onSay} />
                ) : (
                  t(`becomes.${becomes}`, {
                    version,
                    node: target === undefined ? to : format.text(target.name),
                  })
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Where those go whose node is gone. */
function Target({ node, said, onSay }: { node: string } & Pick<FlightProps, 'said' | 'onSay'>) {
  const { t } = useTranslation('publishing')
  const { types } = useCanvas()
  const format = useFormat()
  const journey = useDocument((state) => state.journey)
  const ground = groundOf(journey, types)
  const nodes = [...ground.nodes.values()].filter(canStand).map(({ id }) => ({
    value: id,
    label: t('flight.goesTo', { node: format.text(journey.nodes[id]?.name ?? { en: id }) }),
  }))
  return (
    <Select
      size="small"
      className={styles.target ?? ''}
      status={said.mapping?.[node] === undefined ? 'warning' : ''}
      placeholder={t('flight.choose')}
      aria-label={t('flight.choose')}
      data-testid={`mapping-${node}`}
      popupMatchSelectWidth={false}
      value={said.mapping?.[node] ?? null}
      options={[...nodes, { value: leftState, label: t('flight.leaves') }]}
      onChange={(to: string) => onSay({ fate: 'move', mapping: { ...said.mapping, [node]: to } })}
    />
  )
}

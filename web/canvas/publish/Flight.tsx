import { Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FlightAnswer } from '../../../shared/api/versions.ts'
import { type Fate, fates, type NodeFate } from '../../../shared/run/move.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Flight.module.css'
import type { SaidFate } from './lifecycle.ts'
import { fateBehind, sharedFate } from './useFlight.ts'

type Person = FlightAnswer['people'][number]

interface FlightProps {
  readonly flight: FlightAnswer
  readonly said: SaidFate
  readonly onSay: (said: SaidFate) => void
}

const sumOf = (people: readonly Person[]) => people.reduce((sum, one) => sum + one.people, 0)

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
          const { version, node, people, becomes } = one
          return (
            <tr key={`${version} ${node}`} data-testid={`standing-${version}-${node}`}>
              <td>
                {one.name === null ? node : format.text(one.name)} <small>v{version}</small>
              </td>
              <td>{format.count(people)}</td>
              <td>
                <Becoming one={one} targets={flight.targets} said={said} onSay={onSay} />
                <small>{t(`becomes.${becomes}`, { version })}</small>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** What becomes of somebody as a choice among others: with where to, for whoever moves. */
type Way = Exclude<Fate, 'move'> | `move:${string}`

function wayOf({ becomes, to }: Person): Way | null {
  const fate = fateBehind[becomes]
  if (fate !== 'move') return fate
  return to === null ? null : `move:${to}`
}

function saidBy(way: Way): NodeFate {
  return way === 'finish' || way === 'leave' ? { fate: way } : { fate: 'move', to: way.slice('move:'.length) }
}

interface BecomingProps extends Pick<FlightProps, 'said' | 'onSay'> {
  readonly one: Person
  /** Nodes of the very draft that would be published. */
  readonly targets: FlightAnswer['targets']
}

/** What becomes of those on one node: as of all, or as is said of them. */
function Becoming({ one, targets, said, onSay }: BecomingProps) {
  const { t } = useTranslation('publishing')
  const format = useFormat()
  const { node, becomes } = one
  const label = t('flight.becomesOf', { node: one.name === null ? node : format.text(one.name) })
  const nodes = targets.map(({ id, name }) => ({
    value: `move:${id}` as const,
    label:
      id === node
        ? t('flight.staysHere')
        : t('flight.goesTo', { node: name === null ? id : format.text(name) }),
  }))
  const options: { value: Way; label: string }[] = [
    ...nodes.filter(({ value }) => value === `move:${node}`),
    { value: 'finish', label: t('flight.finishes') },
    { value: 'leave', label: t('flight.leaves') },
    ...nodes.filter(({ value }) => value !== `move:${node}`),
  ]
  return (
    <Select<Way>
      size="small"
      className={styles.target ?? ''}
      status={becomes === 'undecided' ? 'warning' : ''}
      placeholder={t('flight.choose')}
      aria-label={label}
      data-testid={`fate-of-${one.version}-${node}`}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      value={wayOf(one)}
      options={options}
      onChange={(way) => onSay({ ...said, byNode: { ...said.byNode, [node]: saidBy(way) } })}
    />
  )
}

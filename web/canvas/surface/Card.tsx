import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Tooltip } from 'antd'
import { CircleAlert, CircleHelp, CirclePause, TriangleAlert } from 'lucide-react'
import { memo, type ReactNode, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useLocale } from '../../locales/useLocale.ts'
import { type Figure, useCouponName, useJourneyName } from '../../nodes/index.ts'
import { countErrors } from '../../store/problems.ts'
import { CategoryIcon } from '../../ui/CategoryIcon.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { BrandFormat } from '../../ui/zone.ts'
import { useCanvas, useDocument } from '../context.ts'
import type { Mark } from '../publish/changes.ts'
import { MarksContext } from '../publish/marks.ts'
import { type ReadCard, useNode } from '../useNode.ts'
import styles from './Card.module.css'
import { type CardNode, entrance } from './flow.ts'
import { Ports } from './Ports.tsx'

/** A node on the canvas: what it is called, what it does, what it counts. */
export const Card = memo(function Card({ id, selected }: NodeProps<CardNode>) {
  const node = useNode(id)
  const mark = useContext(MarksContext).get(id)
  const { numbers } = useCanvas()
  const way = useStore(numbers, ({ source, nodes }) =>
    source !== 'passage' ? 'none' : (nodes[id]?.in ?? 0) === 0 ? 'unwalked' : 'walked',
  )
  if (node === null) return null
  const role = node.type?.role
  const looks = [styles.card, selected ? styles.selected : '', way === 'none' ? '' : styles[way]]
  return (
    <>
      {role === 'trigger' || role === 'goal' ? null : (
        <Handle
          type="target"
          position={Position.Top}
          id={entrance}
          isConnectableStart={false}
          className={styles.target ?? ''}
        />
      )}
      <article className={looks.filter(Boolean).join(' ')} data-mark={mark} data-testid={`node-${id}`}>
        <Face id={id} node={node} />
        {mark === undefined ? null : <Changed mark={mark} />}
      </article>
      <Ports id={id} ports={node.ports} drawn={node.drawn} />
    </>
  )
})

function Changed({ mark }: { mark: Mark }) {
  const { t } = useTranslation('difference')
  return <span className={styles.mark}>{t(`marks.${mark}`)}</span>
}

function Face({ id, node }: { id: string; node: ReadCard }) {
  const { numbers } = useCanvas()
  const format = useFormat()
  const counted = useStore(numbers, ({ source }) => source !== 'none')
  const walked = useStore(numbers, ({ source }) => source === 'passage')
  const { card, type, config, read } = node
  const icon = (read && card?.iconOf?.(config)) || card?.icon || CircleHelp
  return (
    <>
      <div className={styles.body}>
        <CategoryIcon category={type?.category ?? 'customer'} icon={icon} />
        <div className={styles.words}>
          <h3 className={styles.title}>
            <span>{format.text(node.node.name)}</span>
            {read && card?.polished?.(config) ? <Polished /> : null}
            <ProblemMark id={id} />
            <BreakerMark id={id} />
          </h3>
          <Sentence node={node} short={counted} />
        </div>
      </div>
      {walked ? <Visits id={id} /> : counted ? <Figures id={id} node={node} /> : null}
    </>
  )
}

function Polished() {
  const { t } = useTranslation('nodes')
  return <em className={styles.ai}>✦ {t('ai.badge')}</em>
}

function Sentence({ node: { type, config, read, node }, short }: { node: ReadCard; short: boolean }) {
  const { t } = useTranslation('canvas')
  const { locale } = useLocale()
  const { currency } = useContext(BrandFormat)
  const journeyName = useJourneyName()
  const couponName = useCouponName()
  if (type === undefined) return <p className={styles.broken}>{t('node.unknown', { type: node.type })}</p>
  if (!read) return <p className={styles.broken}>{t('node.unfinished')}</p>
  const sentence = atHead(type.describe(config, { locale, currency, journeyName, couponName }))
  return (
    <p className={short ? styles.line : styles.sentence} title={sentence}>
      {sentence}
    </p>
  )
}

function ProblemMark({ id }: { id: string }) {
  const { problems } = useCanvas()
  const { locale } = useLocale()
  const mine = useStore(problems, ({ byNode }) => byNode[id])
  if (mine === undefined) return null
  const bad = countErrors(mine) > 0
  const Icon = bad ? CircleAlert : TriangleAlert
  return (
    <Tooltip title={mine.map(({ message }) => message[locale]).join(' · ')}>
      <span className={bad ? styles.error : styles.warning} data-testid={`problem-mark-${id}`}>
        <Icon size={14} aria-label={mine.map(({ message }) => message[locale]).join('; ')} />
      </span>
    </Tooltip>
  )
}

/** On the node before whose message the rehearsed journey would pause itself. */
function BreakerMark({ id }: { id: string }) {
  const { rehearsal, screen } = useCanvas()
  const { t } = useTranslation('rehearsal')
  const here = useStore(rehearsal, ({ report }) => report?.breaker?.node === id)
  const shown = useStore(screen, (state) => state.rehearsal)
  if (!here || !shown) return null
  return (
    <Tooltip title={t('breaker.mark')}>
      <span className={styles.error} data-testid={`breaker-mark-${id}`}>
        <CirclePause size={14} aria-label={t('breaker.mark')} />
      </span>
    </Tooltip>
  )
}

/** Of one customer's way: how often it came by here, and whether it stands here now. */
function Visits({ id }: { id: string }) {
  const { numbers } = useCanvas()
  const { t } = useTranslation('why')
  const mine = useStore(numbers, ({ nodes }) => nodes[id])
  const visits = mine?.in ?? 0
  return (
    <footer className={styles.figures} data-testid={`visits-${id}`}>
      {visits === 0 ? <span>–</span> : <span>{t('visits', { count: visits })}</span>}
      {(mine?.waiting ?? 0) > 0 ? <strong className={styles.here}>{t('here')}</strong> : null}
    </footer>
  )
}

/** The numbers that are people who stand here now. */
const ofPeople: ReadonlySet<string> = new Set(['waiting', 'stuck'])

/** Whoever stands on a card is told of, also where its own figures tell of nobody. */
function standingFirst(figures: readonly Figure[], waiting: number): readonly Figure[] {
  const told = figures.some(({ label }) => label === 'waiting')
  return told || waiting === 0 ? figures : [{ label: 'waiting', value: waiting }, ...figures]
}

/** A number that opens the list of those whom it counts. */
function PeopleButton({ id, children }: { id: string; children: ReactNode }) {
  const { t } = useTranslation('people')
  const { numbers, screen } = useCanvas()
  const live = useStore(numbers, ({ source }) => source === 'live')
  if (!live) return children
  return (
    <button
      type="button"
      className={`${styles.people} nodrag`}
      title={t('open')}
      data-testid={`people-${id}`}
      onClick={(event) => {
        event.stopPropagation()
        screen.setState({ people: id })
      }}
    >
      {children}
    </button>
  )
}

function Figures({ id, node: { card, type } }: { id: string; node: ReadCard }) {
  const { numbers, types } = useCanvas()
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const mine = useStore(numbers, ({ nodes }) => nodes[id])
  const control = useStore(numbers, (all) => (type?.role === 'trigger' ? all.control : 0))
  const triggers = useDocument(
    ({ journey }) =>
      Object.values(journey.nodes).filter((one) => types.get(one.type)?.role === 'trigger').length,
  )
  if (card === undefined) return null
  const figures =
    mine === undefined
      ? []
      : [
          ...standingFirst(card.figures(mine), mine.waiting),
          ...(control > 0 && triggers === 1 ? [{ label: 'control' as const, value: control }] : []),
          ...(mine.movedOn > 0 ? [{ label: 'movedOn' as const, value: mine.movedOn }] : []),
          ...(mine.stuck > 0 ? [{ label: 'stuck' as const, value: mine.stuck, tone: 'bad' as const }] : []),
        ]
  return (
    <footer className={styles.figures} data-testid={`figures-${id}`}>
      {figures.map((figure) => {
        const told = (
          <span key={figure.label} className={figure.tone === 'bad' ? styles.bad : ''}>
            {t(`figures.${figure.label}`)}{' '}
            <strong>
              {figure.of === undefined
                ? format.count(figure.value, true)
                : format.share(figure.value / figure.of)}
            </strong>
          </span>
        )
        return ofPeople.has(figure.label) && figure.value > 0 ? (
          <PeopleButton key={figure.label} id={id}>
            {told}
          </PeopleButton>
        ) : (
          told
        )
      })}
      {figures.length === 0 ? <span>–</span> : null}
    </footer>
  )
}

import { Popover } from 'antd'
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useStore } from 'zustand'
import type { DiagnosticAnswer } from '../../../shared/api/diagnostics.ts'
import { prove } from '../../../shared/compile/prove.ts'
import { sayMost, sayPassage } from '../../../shared/compile/say-proof.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { fieldName, useEditor } from '../../nodes/index.ts'
import { countErrors } from '../../store/problems.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import { useVisit } from '../useVisit.ts'
import styles from './Problems.module.css'

/** How the journey stands with the compiler, and the list of what it found. */
export function ProblemsButton() {
  const { t } = useTranslation('canvas')
  const { problems, screen } = useCanvas()
  const { checked, all } = useStore(problems)
  const open = useStore(screen, (state) => state.problems)
  const empty = useDocument(({ journey }) => Object.keys(journey.nodes).length === 0)
  if (!checked || empty) return null
  const errors = countErrors(all)
  if (all.length === 0)
    return (
      <Popover trigger="click" placement="bottomLeft" content={<ProofFacts />}>
        <button
          type="button"
          className={`${styles.state} ${styles.fine}`}
          title={t('problems.none') + t('problems.noneWhy')}
          data-testid="problems"
        >
          <CircleCheck size={14} aria-hidden />
          <span className={styles.words}>
            {t('problems.none')}
            <span className={styles.why}>{t('problems.noneWhy')}</span>
          </span>
        </button>
      </Popover>
    )
  const warnings = all.length - errors
  return (
    <Popover
      open={open}
      trigger="click"
      placement="bottomLeft"
      onOpenChange={(next) => screen.setState({ problems: next })}
      content={
        <>
          <ProblemList problems={all} />
          {errors > 0 ? null : <ProofFacts />}
        </>
      }
    >
      <button
        type="button"
        className={`${styles.state} ${errors > 0 ? styles.bad : styles.warn}`}
        data-testid="problems"
      >
        {errors > 0 ? <CircleAlert size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
        <span className={styles.words}>
          {errors > 0 ? t('problems.errors', { count: errors }) : t('problems.warnings', { count: warnings })}
        </span>
      </button>
    </Popover>
  )
}

/** What is proved of every passage: how long it takes, and the most messages that one customer can get. */
function ProofFacts() {
  const { t } = useTranslation('canvas')
  const { types } = useCanvas()
  const { brand, now } = useEditor()
  const format = useFormat()
  const journey = useDocument((state) => state.journey)
  const proof = prove(journey, types, { now, zone: brand.zone })
  return (
    <dl className={styles.proof} data-testid="proof">
      <dt>{t('publish.passage')}</dt>
      <dd>{format.text(sayPassage(proof))}</dd>
      <dt>{t('publish.messages')}</dt>
      <dd>{format.text(sayMost(proof))}</dd>
    </dl>
  )
}

/** The place in the settings that a problem is about, as the page's query; null for one of the journey's own. */
function settingsOf({ node, field }: DiagnosticAnswer): string | null {
  if (node !== null || field === null) return null
  if (field === 'signature') return 'tab=brand'
  const channel = field.startsWith('channels.') ? field.slice('channels.'.length) : null
  return channel && `tab=channels&channel=${encodeURIComponent(channel)}`
}

/** Problems, each leading to its node and field, or to the settings. */
export function ProblemList({ problems }: { problems: readonly DiagnosticAnswer[] }) {
  const { t } = useTranslation('canvas')
  const { t: words } = useTranslation('nodes')
  const { screen, cards } = useCanvas()
  const { locale } = useLocale()
  const format = useFormat()
  const nodes = useDocument(({ journey }) => journey.nodes)
  const visit = useVisit()
  const navigate = useNavigate()
  const go = (problem: DiagnosticAnswer) => {
    screen.setState({ problems: false, publishing: false })
    const settings = settingsOf(problem)
    if (settings === null) visit(problem)
    else void navigate(`../settings?${settings}`)
  }
  const nameOf = (problem: DiagnosticAnswer) => {
    if (settingsOf(problem) !== null) return t('problems.settings')
    const { node } = problem
    return node === null ? t('problems.journey') : format.text(nodes[node]?.name ?? { en: node })
  }
  /** Files and the API name a field by its path; here it has the form's words. */
  const say = ({ node, field, message }: DiagnosticAnswer) => {
    const card = node === null ? undefined : cards.get(nodes[node]?.type ?? '')
    const name = card === undefined || field === null ? null : fieldName(card, field, words)
    if (name === null) return message[locale]
    return message[locale].replace(`“${field}”`, `“${name}”`).replace(`「${field}」`, `「${name}」`)
  }
  return (
    <ul className={styles.list} data-testid="problem-list">
      {problems.map((problem) => {
        const { code, node, field, severity, message, mend } = problem
        const Icon = severity === 'error' ? CircleAlert : TriangleAlert
        return (
          <li key={`${code} ${node} ${field} ${message.en}`}>
            <button type="button" data-testid={`problem-${code}`} onClick={() => go(problem)}>
              <Icon
                size={14}
                className={severity === 'error' ? styles.badIcon : styles.warnIcon}
                aria-label={t(`problems.${severity}`)}
              />
              <span>
                <strong>{nameOf(problem)}</strong>
                {say(problem)}
                <small>{mend[locale]}</small>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

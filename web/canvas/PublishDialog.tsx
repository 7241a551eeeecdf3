import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { sayDate } from '../../shared/calendar/index.ts'
import { check } from '../../shared/compile/check.ts'
import { useLocale } from '../locales/useLocale.ts'
import { useEditor } from '../nodes/index.ts'
import { readNode } from '../store/graph.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import { useCanvas, useDocument } from './context.ts'
import styles from './Dialog.module.css'
import { publish } from './lifecycle.ts'
import { ProblemList } from './ProblemsButton.tsx'

/** The last look before a version goes live: what is wrong, or who will enter when and hear what. */
export function PublishDialog() {
  const { screen } = useCanvas()
  const open = useStore(screen, (state) => state.publishing)
  return open ? <OpenDialog /> : null
}

function OpenDialog() {
  const { t } = useTranslation('canvas')
  const canvas = useCanvas()
  const notice = useNotice()
  const { now, brand } = useEditor()
  const journey = useDocument((state) => state.journey)
  const { liveVersion } = useStore(canvas.meta)
  const [busy, setBusy] = useState(false)
  const problems = check(journey, { registry: canvas.types, now, zone: brand.zone, publishing: true })
  const errors = problems.filter(({ severity }) => severity === 'error')
  const close = () => canvas.screen.setState({ publishing: false })
  const go = async () => {
    setBusy(true)
    try {
      const { version, onEarlierVersions } = await publish(canvas)
      close()
      notice.done(t('publish.done', { version, count: onEarlierVersions }))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  const blocked = errors.length > 0
  return (
    <Modal
      open
      width={460}
      title={blocked ? t('publish.blocked', { count: errors.length }) : t('publish.title')}
      onCancel={close}
      footer={
        blocked ? (
          <Button onClick={close}>{t('publish.back')}</Button>
        ) : (
          <>
            <Button onClick={close}>{t('publish.notYet')}</Button>
            <Button type="primary" loading={busy} data-testid="publish-confirm" onClick={() => void go()}>
              {t('publish.go')}
            </Button>
          </>
        )
      }
    >
      {blocked ? (
        <ProblemList problems={errors} />
      ) : (
        <>
          <Facts />
          {liveVersion === null ? null : (
            <p className={styles.quiet}>{t('publish.earlier', { version: liveVersion })}</p>
          )}
          {problems.length === 0 ? null : (
            <div className={styles.warnings}>
              <ProblemList problems={problems} />
            </div>
          )}
        </>
      )}
    </Modal>
  )
}

function Facts() {
  const { t } = useTranslation('canvas')
  const { types, rehearsal } = useCanvas()
  const { now, brand } = useEditor()
  const { locale } = useLocale()
  const format = useFormat()
  const journey = useDocument((state) => state.journey)
  const report = useStore(rehearsal, (state) => state.report)
  const zone = journey.settings.zone ?? brand.zone
  const read = Object.entries(journey.nodes).flatMap(([id, node]) => {
    const known = readNode(node, types)
    return known === null ? [] : [{ id, node, ...known }]
  })
  const messages = read.filter(({ type, config }) => (type.messages?.(config) ?? 0) > 0)
  const entries = read.flatMap(({ id, node, type, config }) => {
    const entrance = type.entrance?.(config)
    if (entrance === undefined) return []
    const next = entrance.kind === 'schedule' ? entrance.next(now, zone) : null
    const when = next === null ? null : sayDate(next.at, zone, locale, now)
    return [
      {
        id,
        name: format.text(node.name),
        words: type.describe(config, { locale, currency: brand.currency }),
        when,
      },
    ]
  })
  return (
    <dl className={styles.facts}>
      <dt>{t('publish.entries')}</dt>
      <dd>
        {entries.map(({ id, name, words, when }) => (
          <p key={id}>
            {name} · {words}
            {when === null ? null : <span className={styles.quiet}> {t('publish.next', { when })}</span>}
          </p>
        ))}
      </dd>
      <dt>{t('publish.messages')}</dt>
      <dd>{t('publish.messageCount', { count: messages.length })}</dd>
      <dt>{t('publish.control')}</dt>
      <dd>
        {journey.settings.controlGroup.percent > 0
          ? t('publish.controlOn', { percent: journey.settings.controlGroup.percent })
          : t('publish.controlOff')}
      </dd>
      <dt>{t('publish.rehearsed')}</dt>
      <dd>
        {report === null
          ? t('publish.notRehearsed')
          : t('publish.rehearsal', {
              count: report.entered,
              people: format.count(report.entered),
              most: report.most_messages,
            })}
      </dd>
    </dl>
  )
}

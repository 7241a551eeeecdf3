import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { versionList } from '../../../shared/api/journeys.ts'
import { check } from '../../../shared/compile/check.ts'
import { useEditor } from '../../nodes/index.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCanvas, useDocument } from '../context.ts'
import styles from '../Dialog.module.css'
import { useLiveQuery } from '../useLiveQuery.ts'
import { peopleIn, publish } from './lifecycle.ts'
import { ProblemList } from './ProblemsButton.tsx'
import { PublishFacts } from './PublishFacts.tsx'

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
  const { now, brand, absentChannels, signature, attributes, names, saved } = useEditor()
  const journey = useDocument((state) => state.journey)
  const format = useFormat()
  const [busy, setBusy] = useState(false)
  const problems = check(journey, {
    registry: canvas.types,
    now,
    zone: brand.zone,
    publishing: true,
    absentChannels,
    signature,
    caps: brand.caps,
    attributes: attributes ?? undefined,
    names: names ?? undefined,
    audiences: saved ?? undefined,
  })
  const errors = problems.filter(({ severity }) => severity === 'error')
  const close = () => canvas.screen.setState({ publishing: false })
  const go = async () => {
    setBusy(true)
    try {
      const { version, onEarlierVersions: count } = await publish(canvas)
      close()
      const said = { version, count, people: format.count(count) }
      notice.done(t(count > 0 ? 'publish.doneEarlier' : 'publish.done', said))
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
          <PublishFacts />
          <Earlier />
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

/** What becomes of those who are under way in the versions before. */
function Earlier() {
  const { t } = useTranslation('canvas')
  const format = useFormat()
  const versions = useLiveQuery('/versions', versionList)?.versions
  if (versions === undefined) return null
  const count = peopleIn(versions)
  const said = { count, people: format.count(count) }
  return (
    <p className={count > 0 ? styles.text : styles.quiet} data-testid="publish-earlier">
      {t(count > 0 ? 'publish.earlier' : 'publish.earlierNobody', said)}
    </p>
  )
}

import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { check } from '../../shared/compile/check.ts'
import { useEditor } from '../nodes/index.ts'
import { useNotice } from '../ui/useNotice.tsx'
import { useCanvas, useDocument } from './context.ts'
import styles from './Dialog.module.css'
import { publish } from './lifecycle.ts'
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
  const { now, brand, absentChannels } = useEditor()
  const journey = useDocument((state) => state.journey)
  const { liveVersion } = useStore(canvas.meta)
  const [busy, setBusy] = useState(false)
  const problems = check(journey, {
    registry: canvas.types,
    now,
    zone: brand.zone,
    publishing: true,
    absentChannels,
  })
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
          <PublishFacts />
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

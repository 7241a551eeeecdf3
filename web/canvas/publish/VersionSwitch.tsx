import { Button, Select } from 'antd'
import { GitCompare, History, RotateCcw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { versionList } from '../../../shared/api/journeys.ts'
import { select } from '../../store/document.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCanvas } from '../context.ts'
import { useLiveQuery } from '../useLiveQuery.ts'
import { peopleIn, restoreVersion } from './lifecycle.ts'
import styles from './VersionSwitch.module.css'

/** All versions together stand among them as 0. */
const together = 0

/** Which version's figures are shown: of all together, or of one as it was. Nothing where there is none. */
export function VersionSwitch() {
  const { t } = useTranslation('canvas')
  const { document, screen, meta } = useCanvas()
  const format = useFormat()
  const live = useStore(meta, ({ liveVersion }) => liveVersion)
  const shown = useStore(screen, ({ version }) => version)
  const rehearsing = useStore(screen, ({ rehearsal }) => rehearsal)
  const comparing = useStore(screen, (state) => state.comparing)
  const versions = useLiveQuery('/versions', versionList)?.versions ?? []
  if (versions.length === 0 || live === null || rehearsing || comparing !== null) return null
  const show = (number: number) => {
    select(document, [])
    screen.setState({ version: number === together ? null : number })
  }
  const label = (key: 'live' | 'earlier' | 'together', count: number, version = 0) =>
    t(`versions.${key}`, { version, count, people: format.count(count) })
  return (
    <div className={styles.switch}>
      {shown === null ? null : <Shown version={shown} onBack={() => show(together)} />}
      <Button
        size="small"
        type="text"
        icon={<GitCompare size={14} />}
        title={t('versions.compare')}
        aria-label={t('versions.compare')}
        data-testid="version-compare"
        onClick={() => screen.setState({ comparing: shown ?? live })}
      />
      <Select
        size="small"
        variant="borderless"
        aria-label={t('versions.title')}
        data-testid="version-switch"
        prefix={<History size={13} aria-hidden />}
        popupMatchSelectWidth={false}
        value={shown ?? together}
        onChange={show}
        options={[
          { value: together, label: label('together', peopleIn(versions)) },
          ...versions.map(({ number, inFlight }) => ({
            value: number,
            label: label(number === live ? 'live' : 'earlier', inFlight, number),
          })),
        ]}
      />
    </div>
  )
}

/** What is said of a version that is looked at, and what can be done with it. */
function Shown({ version, onBack }: { version: number; onBack: () => void }) {
  const { t } = useTranslation('canvas')
  const canvas = useCanvas()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const restore = async () => {
    setBusy(true)
    try {
      await restoreVersion(canvas, version)
      onBack()
      notice.done(t('versions.restored', { version }))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <span className={styles.only}>{t('versions.only', { version })}</span>
      <Button
        size="small"
        type="link"
        icon={<RotateCcw size={13} />}
        loading={busy}
        data-testid="version-restore"
        onClick={() => void restore()}
      >
        {t('versions.restore')}
      </Button>
      <Button size="small" type="link" icon={<Undo2 size={13} />} data-testid="version-back" onClick={onBack}>
        {t('versions.back')}
      </Button>
    </>
  )
}

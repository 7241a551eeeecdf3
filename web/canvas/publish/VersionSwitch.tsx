import { Button, Select } from 'antd'
import { History, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { versionList } from '../../../shared/api/journeys.ts'
import { select } from '../../store/document.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import { useLiveQuery } from '../useLiveQuery.ts'
import { peopleIn } from './lifecycle.ts'
import styles from './VersionSwitch.module.css'

/** Which version's figures are shown. Nothing where there has been only one. */
export function VersionSwitch() {
  const { t } = useTranslation('canvas')
  const { document, screen, meta } = useCanvas()
  const format = useFormat()
  const live = useStore(meta, ({ liveVersion }) => liveVersion)
  const shown = useStore(screen, ({ version }) => version)
  const rehearsing = useStore(screen, ({ rehearsal }) => rehearsal)
  const versions = useLiveQuery('/versions', versionList)?.versions ?? []
  if (versions.length < 2 || live === null || rehearsing) return null
  const show = (number: number) => {
    select(document, [])
    screen.setState({ version: number === live ? null : number })
  }
  const others = peopleIn(versions.filter(({ number }) => number !== live))
  const said = { count: others, people: format.count(others) }
  return (
    <div className={styles.switch}>
      {shown === null ? (
        others > 0 && <span className={styles.only}>{t('versions.others', said)}</span>
      ) : (
        <>
          <span className={styles.only}>{t('versions.only', { version: shown })}</span>
          <Button
            size="small"
            type="link"
            icon={<Undo2 size={13} />}
            data-testid="version-back"
            onClick={() => show(live)}
          >
            {t('versions.back')}
          </Button>
        </>
      )}
      <Select
        size="small"
        variant="borderless"
        aria-label={t('versions.title')}
        data-testid="version-switch"
        prefix={<History size={13} aria-hidden />}
        popupMatchSelectWidth={false}
        value={shown ?? live}
        onChange={show}
        options={versions.map(({ number, inFlight }) => ({
          value: number,
          label: t(number === live ? 'versions.live' : 'versions.earlier', {
            version: number,
            count: inFlight,
            people: format.count(inFlight),
          }),
        }))}
      />
    </div>
  )
}

import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { check } from '../../../shared/compile/check.ts'
import { useEditor } from '../../nodes/index.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCanvas, useDocument } from '../context.ts'
import styles from '../Dialog.module.css'
import { Changes } from './Changes.tsx'
import { ComingDays } from './ComingDays.tsx'
import { useVersion } from './EarlierVersion.tsx'
import { Flight } from './Flight.tsx'
import { publish, type SaidFate } from './lifecycle.ts'
import { ProblemList } from './ProblemsButton.tsx'
import { PublishFacts } from './PublishFacts.tsx'
import { useDifference } from './useDifference.ts'
import { useFlight } from './useFlight.ts'

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
  const { now, brand, absentChannels, signature, attributes, names, saved, journeys } = useEditor()
  const journey = useDocument((state) => state.journey)
  const format = useFormat()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<SaidFate>({})
  const flight = useFlight(said)
  const { liveVersion, status } = useStore(canvas.meta)
  const running = useVersion(status === 'stopped' ? null : liveVersion)
  const problems = check(journey, {
    registry: canvas.types,
    now,
    zone: brand.zone,
    publishing: true,
    published: running.data?.journey ?? null,
    absentChannels,
    signature,
    caps: brand.caps,
    contents: brand.contents,
    assets: brand.assets,
    sms: brand.sms ?? null,
    attributes: attributes ?? undefined,
    names: names ?? undefined,
    audiences: saved ?? undefined,
    hasJourney: journeys === null ? undefined : (id) => journeys.some((one) => one.id === id),
  })
  const errors = problems.filter(({ severity }) => severity === 'error')
  const close = () => canvas.screen.setState({ publishing: false })
  const go = async () => {
    setBusy(true)
    try {
      const { version, onEarlierVersions: staying, moving } = await publish(canvas, said)
      close()
      const count = moving > 0 ? moving : staying
      const told = { version, count, people: format.count(count) }
      const how = moving > 0 ? 'publish.doneMoving' : staying > 0 ? 'publish.doneEarlier' : 'publish.done'
      notice.done(t(how, told))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  const blocked = errors.length > 0
  const undecided = flight.data?.people.filter(({ becomes }) => becomes === 'undecided').length ?? 0
  // Nobody publishes unseen what becomes of people, or presses a button that is about to move away.
  const unseen = flight.data === undefined && flight.error === null
  return (
    <Modal
      open
      width={blocked ? 460 : 640}
      title={blocked ? t('publish.blocked', { count: errors.length }) : t('publish.title')}
      onCancel={close}
      // However much there is to look at, the button is in sight.
      centered
      classNames={{ body: styles.long ?? '' }}
      footer={
        blocked ? (
          <Button onClick={close}>{t('publish.back')}</Button>
        ) : (
          <>
            {undecided === 0 ? null : (
              <span className={styles.quiet}>{t('publish.undecided', { count: undecided })} </span>
            )}
            <Button onClick={close}>{t('publish.notYet')}</Button>
            <Button
              type="primary"
              loading={busy}
              disabled={undecided > 0 || unseen}
              data-testid="publish-confirm"
              onClick={() => void go()}
            >
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
          {problems.length === 0 ? null : (
            <section className={styles.warnings} data-testid="publish-warnings">
              <h3>{t('problems.warnings', { count: problems.length })}</h3>
              <ProblemList problems={problems} />
            </section>
          )}
          <PublishFacts />
          <WhatChanges />
          {flight.error === null ? null : <ProblemAlert problem={flight.error} />}
          {flight.data === undefined ? null : (
            <>
              <Flight flight={flight.data} said={said} onSay={setSaid} />
              <ComingDays days={flight.data.days} />
            </>
          )}
        </>
      )}
    </Modal>
  )
}

/** What differs from the version that is live. */
function WhatChanges() {
  const { t } = useTranslation('publishing')
  const { meta } = useCanvas()
  const live = useStore(meta, ({ liveVersion }) => liveVersion)
  const draft = useDocument(({ journey }) => journey)
  const { data } = useVersion(live)
  const difference = useDifference(data?.journey, draft)
  if (live === null || difference === null) return null
  return (
    <section className={styles.part}>
      <h3>{t('changes', { version: live })}</h3>
      <Changes difference={difference} />
    </section>
  )
}

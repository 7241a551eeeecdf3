import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { audienceUses } from '../../../shared/api/customers.ts'
import {
  type JourneySummary,
  journeyAnswer,
  meanwhileAnswer,
  retryAnswer,
  statusAnswer,
} from '../../../shared/api/journeys.ts'
import { printJourney } from '../../../shared/journey/file.ts'
import { locales, type WrittenText } from '../../../shared/text.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useResumeQuestion } from '../../ui/useResumeQuestion.tsx'
import { useShowUses } from '../useTakeAway.tsx'
import { deleteLater } from './later.ts'
import { saveFile } from './save-file.ts'

/** What can be done to a journey in the list. Each shows its own success or problem. */
export function useJourneyActions() {
  const { t } = useTranslation(['journeys', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const askResume = useResumeQuestion()
  const showUses = useShowUses()
  const copyName = (name: WrittenText): WrittenText =>
    Object.fromEntries(
      locales.flatMap((lng) => (name[lng] ? [[lng, t('copyOf', { name: name[lng], lng })]] : [])),
    )

  /** Runs one request and asks for the list anew; true where it went well. */
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work()
      await Promise.all([refresh('/journeys'), refresh('/clock')])
      return true
    } catch (error) {
      notice.problem(error)
      return false
    }
  }
  const to = (id: string, verb: 'pause' | 'stop') => api.post(`/journeys/${id}/${verb}`, statusAnswer)
  const load = (id: string) => api.get(`/journeys/${id}`, journeyAnswer)

  const resume = async ({ id, name, unreadable }: JourneySummary) => {
    let goesOn = false
    const done = await run(async () => {
      const { triggers } = await api.get(`/journeys/${id}/meanwhile`, meanwhileAnswer)
      const nodes = unreadable ? {} : (await load(id)).journey.nodes
      const nameOf = (node: string) => format.text(nodes[node]?.name ?? { en: node })
      const letIn = await askResume({ triggers, nameOf })
      goesOn = letIn !== null
      if (letIn !== null) await api.post(`/journeys/${id}/resume`, statusAnswer, { letIn })
    })
    if (done && goesOn) notice.done(t('resumed', { name: format.text(name) }))
  }
  const pause = async (journey: JourneySummary) => {
    if (await run(() => to(journey.id, 'pause')))
      notice.undoable(t('paused', { name: format.text(journey.name) }), () => void resume(journey))
  }
  const stop = ({ id, name, inFlight }: JourneySummary) => {
    modal.confirm({
      title: t('stopAsk.title', { name: format.text(name) }),
      content: inFlight > 0 ? t('stopAsk.text', { count: inFlight }) : t('stopAsk.nobody'),
      okText: t('stopAsk.ok'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        run(async () => {
          const { left } = await to(id, 'stop')
          notice.done(t('stopped', { name: format.text(name), count: left ?? inFlight }))
        }),
    })
  }
  const destroy = (id: string, lists: 'refuse' | 'keep' = 'refuse') =>
    run(() => api.delete(`/journeys/${id}?lists=${lists}`, z.unknown()))
  const usedWords = (name: string) => ({
    ...{ title: t('usedAsk.title', { name }), about: t('usedAsk.text') },
    despite: t('usedAsk.ok'),
  })
  /** Where it or a list that it fills is used elsewhere, that is seen before; else it goes, and can be taken back. */
  const removeStanding = async ({ id, name }: JourneySummary) => {
    const said = format.text(name)
    const { uses } = await api.get(`/journeys/${id}/uses`, audienceUses)
    const later = (lists: 'refuse' | 'keep') =>
      notice.undoable(
        t('deleted', { name: said }),
        deleteLater(id, () => destroy(id, lists)),
      )
    if (uses.length === 0) return void later('refuse')
    if (await showUses({ ...usedWords(said), uses })) later('keep')
  }
  const removeRunning = async ({ id, name, inFlight }: JourneySummary) => {
    const said = format.text(name)
    const { uses } = await api.get(`/journeys/${id}/uses`, audienceUses)
    if (uses.length > 0 && !(await showUses({ ...usedWords(said), uses }))) return
    modal.confirm({
      title: t('deleteAsk.title', { name: said }),
      content: t('deleteAsk.text', { count: inFlight }),
      okText: t('deleteAsk.ok'),
      cancelText: t('common:cancel'),
      okButtonProps: { danger: true },
      onOk: async () => {
        const gone = (await run(() => to(id, 'stop'))) && (await destroy(id, 'keep'))
        if (gone) notice.done(t('deleted', { name: said }))
      },
    })
  }
  const remove = (journey: JourneySummary) => {
    const { status } = journey
    const standing = status === 'draft' || status === 'stopped'
    void (standing ? removeStanding : removeRunning)(journey).catch(notice.problem)
  }
  const duplicate = ({ id }: JourneySummary) =>
    run(async () => {
      const { journey } = await load(id)
      const name = copyName(journey.name)
      await api.post('/journeys', journeyAnswer, { file: printJourney({ ...journey, name }) })
      notice.done(t('created', { name: format.text(name) }))
    })
  const exportFile = ({ id }: JourneySummary) =>
    run(async () => {
      const { journey } = await load(id)
      saveFile(`${journey.id}.journey.json`, printJourney(journey))
    })
  const retry = ({ id }: JourneySummary) =>
    run(async () => {
      const { retried } = await api.post(`/journeys/${id}/retry`, retryAnswer)
      notice.done(t('retried', { count: retried }))
    })
  return { pause, resume, stop, remove, duplicate, exportFile, retry }
}

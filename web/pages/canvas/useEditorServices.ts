import { useMemo } from 'react'
import { useStore } from 'zustand'
import { assetList } from '../../../shared/api/assets.ts'
import { attributeList } from '../../../shared/api/attributes.ts'
import { clockAnswer } from '../../../shared/api/clock.ts'
import { contentList } from '../../../shared/api/contents.ts'
import { couponList } from '../../../shared/api/coupons.ts'
import { audienceList, vocabularyAnswer } from '../../../shared/api/customers.ts'
import { importAnswer } from '../../../shared/api/imports.ts'
import { enterAnswer, journeyAnswer, journeyList } from '../../../shared/api/journeys.ts'
import { mailLayoutAnswer } from '../../../shared/api/mails.ts'
import { previewAnswer, testCallAnswer } from '../../../shared/api/preview.ts'
import { referralList } from '../../../shared/api/referrals.ts'
import { brandSettings, channelSettingsAnswer } from '../../../shared/api/settings.ts'
import { smsAnswer } from '../../../shared/api/sms.ts'
import { staffList } from '../../../shared/api/staff.ts'
import { type Saved, unreadable } from '../../../shared/conditions/audiences.ts'
import { api } from '../../api/client.ts'
import { patiently } from '../../api/patience.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrand, useSystem } from '../../api/system.ts'
import type { Canvas } from '../../canvas/context.ts'
import { knownAttributesOf, knownNamesOf, ownVariables } from '../../conditions/index.ts'
import type { ConditionServices, Editor } from '../../nodes/index.ts'
import { portsOf } from '../../store/graph.ts'
import { uploadPicture } from '../assets/useUpload.ts'
import { catalogueOf, counter, nodesReader, suggester } from '../counting.ts'

/** The clock ticks every second in live mode; forms and checks need no more than the minute. */
const minute = 60_000

/** Lists of customers in files, which go on as imports do. */
const listsOf = (journey: string): NonNullable<Editor['lists']> => ({
  send(file) {
    const form = new FormData()
    form.set('file', file)
    return api.post(`/journeys/${encodeURIComponent(journey)}/list`, importAnswer, form)
  },
  read: (list, signal) => api.get(`/imports/${encodeURIComponent(list)}`, importAnswer, { signal }),
  rejectedHref: (list) => api.href(`/imports/${encodeURIComponent(list)}/rejected.csv`),
})

/** Another journey of the brand, as it is drawn. */
const readJourney: Editor['readJourney'] = async (id, signal) =>
  (await api.get(`/journeys/${encodeURIComponent(id)}`, journeyAnswer, { signal })).journey

/** What forms and conditions need of the brand; null until brand and clock are known. */
export function useEditorServices(
  canvas: Canvas,
): { readonly editor: Editor; readonly conditions: ConditionServices } | null {
  const { document, types, meta } = canvas
  const id = useStore(meta, (state) => state.id)
  const live = useStore(meta, ({ status }) => status === 'live')
  const settings = useApiQuery('/settings/brand', brandSettings, { staleTime: minute }).data
  const library = useApiQuery('/contents', contentList, { staleTime: minute }).data
  const pictures = useApiQuery('/assets', assetList, { staleTime: minute }).data
  const coupons = useApiQuery('/coupons', couponList, { staleTime: minute }).data
  const referrals = useApiQuery('/referrals', referralList, { staleTime: minute }).data
  const sms = useApiQuery('/settings/sms', smsAnswer, { staleTime: minute }).data
  // Messages are made by all of it; until the library is known nothing is said of what it holds.
  const brand = useMemo(() => {
    if (settings === undefined || library === undefined || pictures === undefined || sms === undefined)
      return settings
    return {
      ...settings,
      contents: library.contents.map(({ content }) => content),
      assets: pictures.assets,
      ...(coupons === undefined ? {} : { coupons: coupons.coupons.map(({ coupon }) => coupon) }),
      ...(referrals === undefined ? {} : { referrals: referrals.referrals.map(({ referral }) => referral) }),
      ...(sms.registered ? { sms: { ...sms, signature: settings.signature } } : {}),
    }
  }, [settings, library, pictures, coupons, referrals, sms])
  const clock = useApiQuery('/clock', clockAnswer).data
  const vocabulary = useApiQuery('/vocabulary', vocabularyAnswer, { staleTime: 5 * minute }).data
  const fields = useApiQuery('/attributes', attributeList, { staleTime: minute }).data
  const audiences = useApiQuery('/audiences', audienceList, { staleTime: minute }).data
  const journeys = useApiQuery('/journeys', journeyList, { staleTime: minute }).data
  const channels = useApiQuery('/settings/channels', channelSettingsAnswer, { staleTime: minute }).data
  const ai = useSystem().ai.configured
  const nodes = useStore(document, ({ journey }) => journey.nodes)
  const variables = useStore(document, ({ journey }) => journey.variables)
  const givesTasks = useStore(document, ({ journey }) =>
    Object.values(journey.nodes).some(({ type }) => type === 'task'),
  )
  const staff = useApiQuery('/staff', staffList, { staleTime: minute, enabled: givesTasks }).data ?? null
  const now = clock === undefined ? null : Math.floor(clock.now / minute) * minute

  const sandbox = useBrand()?.sandbox ?? true
  const absentChannels = useMemo(
    () =>
      new Set(channels?.channels.flatMap(({ id, transport }) => (transport === 'absent' ? [id] : [])) ?? []),
    [channels],
  )

  const attributes = useMemo(
    () => (fields === undefined || brand === undefined ? null : knownAttributesOf(fields, brand)),
    [fields, brand],
  )

  const names = useMemo(
    () => (fields === undefined || vocabulary === undefined ? null : knownNamesOf(fields, vocabulary, staff)),
    [fields, vocabulary, staff],
  )

  const saved = useMemo(() => {
    if (audiences === undefined) return null
    const known = new Map(
      audiences.audiences.map(({ key, kind, condition }): [string, Saved] => [
        key,
        kind === 'list' ? null : (condition ?? unreadable),
      ]),
    )
    return (key: string) => known.get(key)
  }, [audiences])

  const editor = useMemo<Editor | null>(
    () =>
      brand === undefined || now === null
        ? null
        : {
            document,
            brand,
            now,
            ai,
            absentChannels,
            signature: sandbox ? null : brand.signature,
            attributes,
            names,
            saved,
            enter: live
              ? (customerIds) =>
                  api.post(`/journeys/${encodeURIComponent(id)}/enter`, enterAnswer, { customerIds })
              : null,
            lists: live ? listsOf(id) : null,
            journeys: journeys?.journeys ?? null,
            staff,
            readJourney,
            pictures: pictures?.assets ?? [],
            addPicture: uploadPicture,
            layOutMail: (request, signal) =>
              patiently(() => api.post('/mails/layout', mailLayoutAnswer, request, { signal }), signal),
            tryCall: (request) => api.post('/test-call', testCallAnswer, request),
            preview: (request, signal) =>
              patiently(() => api.post('/preview', previewAnswer, request, { signal }), signal),
          },
    [
      document,
      brand,
      now,
      ai,
      absentChannels,
      sandbox,
      attributes,
      names,
      saved,
      journeys,
      staff,
      pictures,
      id,
      live,
    ],
  )
  const currency = brand?.currency ?? 'CNY'
  const conditions = useMemo<ConditionServices>(() => {
    const { edges } = document.getState().journey
    return {
      vocabulary: vocabulary ?? null,
      attributes,
      audiences: audiences?.audiences ?? [],
      journeys: journeys?.journeys ?? [],
      nodesOf: nodesReader(api),
      currency,
      nodes: Object.entries(nodes).map(([id, { name }]) => ({
        id,
        name,
        ports: portsOf({ nodes, edges, variables }, id, types),
      })),
      variables: ownVariables(variables),
      count: counter(api),
      values: suggester(api),
      catalogue: catalogueOf(api),
    }
  }, [document, types, vocabulary, attributes, audiences, journeys, currency, nodes, variables])
  return editor === null ? null : { editor, conditions }
}

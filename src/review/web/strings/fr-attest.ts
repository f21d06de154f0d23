import type { enLooked, enMeaning } from './en-attest.js';

/** Ce que dit la page des chiffres, et de ce qu’une personne déclare. */
export const frLooked: typeof enLooked = {
  heading: 'Avez-vous regardé ?',
  check: 'J’ai regardé le résultat : aucun autre visage, tatouage, texte ou code ne se voit.',
  hint: 'Cela divise par deux ce qui a pu échapper, compte dans le risque ci-dessus, et est enregistré comme votre déclaration quand vous enregistrez.',
  withdrawn: 'Moins de choses sont masquées que lorsque vous avez regardé : regardez de nouveau.',
};

export const frMeaning: typeof enMeaning = {
  heading: (most) => `Que veut dire ${most} ?`,
  estimate:
    'Une estimation de la probabilité que quelqu’un qui ne voit que cette photo apprenne qui est le patient.',
  rate: (most, photos) => `À ${most}, environ ${photos} de ces photos sur 100 mèneraient à leur patient.`,
  limits: {
    public:
      '9 % (une sur onze), c’est ce que des autorités européennes et canadiennes acceptent pour des données que tout le monde peut voir.',
    professional: '20 % (une sur cinq) est usuel pour des destinataires nommés et liés par un accord.',
    clinical:
      '33 % (une sur trois) est usuel pour un petit nombre de destinataires nommés et liés par un accord.',
  },
  ofRun: 'Votre lot demandait moins que cela.',
  never:
    'Il ne devient jamais nul : quelque chose a pu échapper, et qui connaît cette peau peut la reconnaître.',
  basis:
    'La reconnaissance des visages a été mesurée ; la plupart des autres chiffres sont des appréciations, chacune avec sa source dans docs/RISK.md.',
  checked: 'C’est ce qu’a trouvé le contrôle complet.',
};
